/* SPDX-License-Identifier: BSD-2-Clause */
/* The AddrSpec: struct and texts are one block of memory. */
#include <string.h>

#include "addr-parts.h"
#include "lead/address.h"

enum { ADDR_SIZE = 3 * PART_SIZE + 3 }; /* every octet of the local part escaped */

/* A dot-atom, or what goes for one: "a..b" is a real mailbox at more than one place. */
static bool is_dot_atom(const char *local)
{
	for (; *local != '\0'; local++) {
		if ((unsigned char)*local <= ' ' || strchr("()<>[]:;@\\,\"\x7f", *local))
			return false;
	}
	return true;
}

static char *write_local(const char *local, char *out)
{
	if (is_dot_atom(local))
		return g_stpcpy(out, local);
	*out++ = '"';
	for (; *local != '\0'; local++) {
		if (*local == '"' || *local == '\\')
			*out++ = '\\';
		*out++ = *local;
	}
	*out++ = '"';
	*out = '\0';
	return out;
}

/* Writes the addr-spec; returns the offset of its '@', or its length if it has none. */
static size_t write_addr(const AddrParts *parts, char *out)
{
	char *end;

	if (parts->local[0] == '\0') {
		out[0] = '\0'; /* the null path is no quoted empty local part */
		return 0;
	}
	end = write_local(parts->local, out);
	if (parts->has_domain) {
		*end = '@';
		strcpy(end + 1, parts->domain);
	}
	return (size_t)(end - out);
}

/* Cuts the subaddress off; false if there is none, or nothing would be left. */
static bool cut_subaddress(char *local, const char *separators)
{
	size_t length = strcspn(local, separators);

	if (length == 0 || local[length] == '\0')
		return false;
	local[length] = '\0';
	return true;
}

static char *put(char **block, const char *text, size_t length)
{
	char *start = *block;

	memcpy(start, text, length);
	start[length] = '\0';
	*block = start + length + 1;
	return start;
}

/* base, delivery_domain: NULL for the canonical form's own. */
static AddrSpec *addr_spec_build(const char *canonical, size_t at, const char *base,
				 const char *original, const char *delivery_domain)
{
	size_t n_canonical = strlen(canonical), n_original = strlen(original);
	size_t n_base = base != NULL ? strlen(base) : 0;
	size_t n_delivery = delivery_domain != NULL ? strlen(delivery_domain) : 0;
	AddrSpec *self =
		g_malloc(sizeof *self + n_canonical + n_base + n_original + n_delivery + 4);
	char *block = (char *)(self + 1);

	self->at = at;
	self->canonical = put(&block, canonical, n_canonical);
	self->original = put(&block, original, n_original);
	self->base = base != NULL ? put(&block, base, n_base) : self->canonical;
	if (delivery_domain != NULL)
		self->delivery_domain = put(&block, delivery_domain, n_delivery);
	else
		self->delivery_domain = self->canonical + (at < n_canonical ? at + 1 : at);
	return self;
}

AddrSpec *addr_spec_parse(const char *path, const char *subaddress_separators)
{
	g_autofree char *valid = NULL, *original = NULL;
	char canonical[ADDR_SIZE], base[ADDR_SIZE], delivery_domain[PART_SIZE];
	bool has_base, was_unwrapped;
	AddrParts parts;
	size_t at;

	/* first of all, so that the spelling that is kept reads back to the same address */
	if (!g_utf8_validate(path, -1, NULL))
		path = valid = text_utf8(path, strnlen(path, PATH_MAX_OCTETS + 1));
	if (!addr_parts_read(path, &parts))
		return NULL;
	g_strlcpy(delivery_domain, parts.domain, sizeof delivery_domain);
	was_unwrapped = parts.has_domain && addr_parts_unwrap(&parts);
	at = write_addr(&parts, canonical);
	if (strnlen(canonical, PATH_MAX_OCTETS + 1) > PATH_MAX_OCTETS)
		return NULL; /* it could not be read again */
	has_base = cut_subaddress(parts.local, subaddress_separators);
	if (has_base)
		write_addr(&parts, base);
	original = g_strndup(parts.original, parts.original_length);
	return addr_spec_build(canonical, at, has_base ? base : NULL, original,
			       was_unwrapped ? delivery_domain : NULL);
}

AddrSpec *addr_spec_copy(const AddrSpec *address)
{
	bool has_base = address->base != address->canonical;
	const char *domain = addr_spec_domain(address);

	return addr_spec_build(address->canonical, address->at,
			       has_base ? address->base : NULL, address->original,
			       address->delivery_domain != domain ? address->delivery_domain
								  : NULL);
}

void addr_spec_free(AddrSpec *address)
{
	g_free(address);
}

bool addr_spec_is_null(const AddrSpec *address)
{
	return address->canonical[0] == '\0';
}

bool addr_spec_equal(const AddrSpec *a, const AddrSpec *b)
{
	return strcmp(a->canonical, b->canonical) == 0;
}

const char *addr_spec_domain(const AddrSpec *address)
{
	const char *at = address->canonical + address->at;

	return *at == '@' ? at + 1 : at;
}
