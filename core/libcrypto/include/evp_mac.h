/* Stands in hmac.h's place for SQLCipher, which asks for a MAC by the functions that came with OpenSSL 3. AWS-LC has them not;
 * here they are over its HMAC_*, as much of them as SQLCipher uses: HMAC with SHA-1, SHA-256 or SHA-512. */
#ifndef HAITANG_EVP_MAC_H
#define HAITANG_EVP_MAC_H

#include <openssl/hmac_of_aws_lc.h>
#include <openssl/digest.h>
#include <stddef.h>
#include <string.h>

/* As OpenSSL's, of which only the text of the digest's name is read. */
typedef struct {
  const char *key;
  unsigned int data_type;
  const char *data;
  size_t data_size;
  size_t return_size;
} OSSL_PARAM;

#define OSSL_PARAM_UTF8_STRING 4
#define OSSL_PARAM_END { NULL, 0, NULL, 0, 0 }

/* There is one MAC, so it needs no state; a context is AWS-LC's. */
typedef struct { int unused; } EVP_MAC;
typedef HMAC_CTX EVP_MAC_CTX;

static EVP_MAC evp_mac_hmac = { 0 };

/* NULL for any other name than HMAC. */
static inline EVP_MAC *EVP_MAC_fetch(void *library, const char *name, const char *properties) {
  (void)library;
  (void)properties;
  return strcmp(name, "HMAC") == 0 ? &evp_mac_hmac : NULL;
}

static inline void EVP_MAC_free(EVP_MAC *mac) { (void)mac; }

static inline EVP_MAC_CTX *EVP_MAC_CTX_new(EVP_MAC *mac) {
  (void)mac;
  return HMAC_CTX_new();
}

static inline void EVP_MAC_CTX_free(EVP_MAC_CTX *ctx) { HMAC_CTX_free(ctx); }

/* 0 for a digest that is not one of the three. */
static inline int EVP_MAC_init(EVP_MAC_CTX *ctx, const unsigned char *key, size_t key_size, const OSSL_PARAM *params) {
  const EVP_MD *digest = NULL;
  for (; params->key != NULL; params++) {
    if (strcmp(params->key, "digest") != 0) continue;
    if (strcmp(params->data, "sha1") == 0) digest = EVP_sha1();
    else if (strcmp(params->data, "sha256") == 0) digest = EVP_sha256();
    else if (strcmp(params->data, "sha512") == 0) digest = EVP_sha512();
  }
  return digest != NULL && HMAC_Init_ex(ctx, key, key_size, digest, NULL);
}

static inline int EVP_MAC_update(EVP_MAC_CTX *ctx, const unsigned char *data, size_t size) { return HMAC_Update(ctx, data, size); }

/* Without `out` only tells how long the result will be. Room for less than that is an error. */
static inline int EVP_MAC_final(EVP_MAC_CTX *ctx, unsigned char *out, size_t *out_size, size_t room) {
  unsigned int written = 0;
  size_t size = HMAC_size(ctx);
  if (out == NULL) {
    *out_size = size;
    return 1;
  }
  if (room < size || !HMAC_Final(ctx, out, &written)) return 0;
  *out_size = written;
  return 1;
}

#endif
