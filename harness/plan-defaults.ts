/** Of a message of `echo` or `udp`, unless it is said. */
export const usualPayloadSizeBytes = 64;
