/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/corpus/confusion.h"

#include <stdio.h>
#include <string.h>

#define ONE(class) (1u << CLASS_##class)

/* The classes that are right for a label, and the class that stands for it. */
static const struct {
	const char *label;
	unsigned allowed;
} labels[] = {
	{"reply", ONE(HUMAN)},
	{"human", ONE(HUMAN)},
	{"auto-reply", ONE(AUTO_REPLY) | ONE(OUT_OF_OFFICE) | ONE(MACHINE)},
	{"bounce-hard", ONE(BOUNCE)},
	{"bounce-soft", ONE(BOUNCE)},
	{"bounce-other", ONE(BOUNCE)},
	{"list", ONE(LIST) | ONE(BULK)},
	{"bulk", ONE(BULK) | ONE(LIST)},
	{"machine-other", ~(ONE(HUMAN) | ONE(SUSPECT))},
	{"arf", ONE(COMPLAINT) | ONE(MACHINE)},
	{"calendar", ONE(CALENDAR)},
	{"challenge", ONE(AUTO_REPLY) | ONE(MACHINE)},
	{"mdn", ONE(RECEIPT)},
};

static unsigned label_row(const char *label)
{
	unsigned row = 0;

	while (row < G_N_ELEMENTS(labels) && strcmp(labels[row].label, label) != 0)
		row++;
	return row;
}

bool label_is_judged(const char *label)
{
	return label_row(label) < G_N_ELEMENTS(labels);
}

bool label_allows(const char *label, MessageClass class)
{
	unsigned row = label_row(label);

	return row < G_N_ELEMENTS(labels) && (labels[row].allowed >> class & 1) != 0;
}

static unsigned label_place(const Confusion *self, const char *label)
{
	unsigned place = 0;

	while (place < self->label_count && strcmp(self->labels[place], label) != 0)
		place++;
	return place;
}

void confusion_add(Confusion *self, const char *label, MessageClass class)
{
	unsigned place = label_place(self, label);

	g_assert(place < CONFUSION_LABELS_MAX);
	if (place == self->label_count)
		self->labels[self->label_count++] = label;
	self->cells[place][class]++;
}

unsigned confusion_of(const Confusion *self, const char *label, MessageClass class)
{
	unsigned place = label_place(self, label);

	return place < self->label_count ? self->cells[place][class] : 0;
}

unsigned confusion_label_total(const Confusion *self, const char *label)
{
	unsigned total = 0;

	for (unsigned class = 0; class < CLASS_COUNT; class ++)
		total += confusion_of(self, label, class);
	return total;
}

static void print_matrix(const Confusion *self)
{
	printf("# %-14s%6s", "", "all");
	for (unsigned class = 0; class < CLASS_COUNT; class ++)
		printf(" %6.6s", message_class_name(class));
	printf("\n");
	for (unsigned place = 0; place < self->label_count; place++) {
		printf("# %-14s%6u", self->labels[place],
		       confusion_label_total(self, self->labels[place]));
		for (unsigned class = 0; class < CLASS_COUNT; class ++) {
			if (self->cells[place][class] == 0)
				printf(" %6s", ".");
			else
				printf(" %6u", self->cells[place][class]);
		}
		printf("\n");
	}
}

/* Precision of a class: of the judged messages that got it, how many allow it. Recall: of
 * the messages whose label allows it, how many got a class that their label allows. */
static void print_class(const Confusion *self, MessageClass class)
{
	unsigned got = 0, right = 0, allow = 0, allow_right = 0;

	for (unsigned place = 0; place < self->label_count; place++) {
		const char *label = self->labels[place];

		if (!label_is_judged(label))
			continue;
		got += self->cells[place][class];
		if (!label_allows(label, class) || strcmp(label, "machine-other") == 0)
			continue;
		right += self->cells[place][class];
		allow += confusion_label_total(self, label);
		for (unsigned other = 0; other < CLASS_COUNT; other++)
			allow_right +=
				label_allows(label, other) ? self->cells[place][other] : 0;
	}
	if (got + allow == 0)
		return;
	printf("# %-14s precision %5.1f %% of %u", message_class_name(class),
	       got == 0 ? 0.0 : 100.0 * right / got, got);
	if (allow > 0)
		printf(", recall %5.1f %% of %u", 100.0 * allow_right / allow, allow);
	printf("\n");
}

void confusion_print(const Confusion *self)
{
	print_matrix(self);
	printf("#\n");
	for (unsigned class = 0; class < CLASS_COUNT; class ++)
		print_class(self, class);
}
