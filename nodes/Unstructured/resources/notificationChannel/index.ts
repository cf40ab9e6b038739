import { defineResource } from '../operation';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { verify } from './verify';

export const notificationChannel = defineResource(
	{
		name: 'Notification Channel',
		value: 'notificationChannel',
		description: 'Where Unstructured sends job events: a webhook or an email address',
	},
	[create, get, getMany, update, del, verify],
	'getAll',
);
