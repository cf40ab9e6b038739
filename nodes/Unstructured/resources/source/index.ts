import { SOURCE } from '../../shared/connectors';
import { connectorResource } from '../connector';
import { SOURCE_TYPES } from '../connector/types';

export const source = connectorResource(SOURCE, SOURCE_TYPES);
