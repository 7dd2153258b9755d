import { networkInterfaces } from 'node:os';

/** This machine has an IPv6 address, if only `::1`; many containers have none. */
export const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ family }) => family === 'IPv6'),
);
