import { DESTINATION } from '../../shared/connectors';
import { connectorResource } from '../connector';
import { DESTINATION_TYPES } from '../connector/types';

export const destination = connectorResource(DESTINATION, DESTINATION_TYPES);
