import { defineResource } from '../operation';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { verify } from './verify';

export const notificationChannel = defineResource(
	'notificationChannel',
	[create, del, get, getMany, update, verify],
	'getAll',
);
