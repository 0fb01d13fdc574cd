/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths and address fields. The first octet chooses the separators of subaddresses. */
#include <string.h>

#include "fuzz.h"
#include "lead/address.h"
#include "lead/body.h"

enum { LIMIT = 8 };

static const char *const separators[] = {"+", "", "+-"};

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	body_init(); /* encoded words, too, are GMime's */
	return 0;
}

/* What a contact is found by must be found again: the canonical form of the canonical
 * form is itself. */
static void check_again(const AddrSpec *address, const char *separator)
{
	g_autoptr(AddrSpec) again = addr_spec_parse(address->canonical, separator);

	fuzz_law(again != NULL);
	fuzz_law(addr_spec_equal(address, again));
	fuzz_law(strcmp(address->base, again->base) == 0);
	fuzz_law(addr_spec_is_role(address) == addr_spec_is_role(again));
}

/* The spelling is what the spool keeps. */
static void check_spelling(const AddrSpec *address, const char *separator)
{
	g_autoptr(AddrSpec) again = addr_spec_parse(address->original, separator);

	fuzz_law(again != NULL);
	fuzz_law(addr_spec_equal(address, again));
	fuzz_law(strcmp(address->delivery_domain, again->delivery_domain) == 0);
	fuzz_law(strcmp(address->original, again->original) == 0);
}

static void check_address(const AddrSpec *address, const char *separator)
{
	g_autoptr(AddrSpec) copy = addr_spec_copy(address);
	size_t length = strlen(address->canonical);

	fuzz_law_utf8(address->canonical);
	fuzz_law_utf8(address->base);
	fuzz_law_utf8(address->original);
	fuzz_law_utf8(address->delivery_domain);
	fuzz_law(address->at == length || address->canonical[address->at] == '@');
	fuzz_law(strlen(address->base) <= length);
	fuzz_law(addr_spec_is_null(address) == (length == 0));
	fuzz_law(addr_spec_equal(address, copy));
	fuzz_law(strcmp(addr_spec_domain(address), addr_spec_domain(copy)) == 0);
	check_again(address, separator);
	check_spelling(address, separator);
}

static void check_path(const char *text, const char *separator)
{
	g_autoptr(AddrSpec) address = addr_spec_parse(text, separator);

	if (address != NULL)
		check_address(address, separator);
}

static void check_field(const char *text, const char *separator)
{
	g_autoptr(GPtrArray) list = mailbox_list_new();

	mailbox_list_parse(list, text, separator, LIMIT);
	fuzz_law(list->len <= LIMIT);
	for (guint i = 0; i < list->len; i++) {
		const Mailbox *mailbox = list->pdata[i];

		check_address(mailbox->address, separator);
		fuzz_law_utf8(mailbox->name);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	g_autofree char *text = NULL;
	const char *separator;

	if (length == 0)
		return 0;
	separator = separators[*octets % G_N_ELEMENTS(separators)];
	text = fuzz_text(octets + 1, length - 1);
	check_path(text, separator);
	check_field(text, separator);
	return 0;
}
