import { defineResource } from '../operation';
import { get } from './get';
import { getMany } from './getMany';

export const template = defineResource('template', [get, getMany], 'getAll');
