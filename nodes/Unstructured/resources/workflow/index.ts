import { defineResource } from '../operation';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { run } from './run';
import { update } from './update';

export const workflow = defineResource('workflow', [create, del, get, getMany, run, update], 'run');
