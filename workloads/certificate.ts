/**
 * What the workloads that speak TLS serve with: P-256, self-signed, for localhost, until 2126. Its key is public, so it
 * proves nothing to anybody, and nothing but our own client is asked to trust it.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBrzCCAVSgAwIBAgIUGICv5z8qIKqv+JRGSNCx6PMAkw8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTEyMDM1MloYDzIxMjYxMDI4
MTIwMzUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATpiQx9IcsM7BkTZu9LsHj+PaeL6HsYRFG807Fty8ku/oPCn9uzRzun
WlCXztl40HusOEQ1Rnjp8nfTqRbXLRcpo4GBMH8wHQYDVR0OBBYEFPqeVE3qQHyr
9GI6C4UYHnBxn1G6MB8GA1UdIwQYMBaAFPqeVE3qQHyr9GI6C4UYHnBxn1G6MA8G
A1UdEwEB/wQFMAMBAf8wLAYDVR0RBCUwI4IJbG9jYWxob3N0hwR/AAABhxAAAAAA
AAAAAAAAAAAAAAABMAoGCCqGSM49BAMCA0kAMEYCIQC5Rn8fmmJ1guvaXsF2/qsA
wTMYdRUc2hgbzLMu79q9+QIhAPYaOovk2t+BOQfGqizcb0gRttW2tIbQX5pCWWew
lnIv
-----END CERTIFICATE-----`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDI+dKCQkjH68usqo
UyG+fjhMpGwLsiwlLilTJ2deQ8ahRANCAATpiQx9IcsM7BkTZu9LsHj+PaeL6HsY
RFG807Fty8ku/oPCn9uzRzunWlCXztl40HusOEQ1Rnjp8nfTqRbXLRcp
-----END PRIVATE KEY-----`;
