/* SPDX-License-Identifier: BSD-2-Clause */
/* Spool files: their frames, and the record within, which is also tried bare. */
#include "fuzz.h"
#include "lead/spool.h"
#include "lib/record/spool-frame.h"

int LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
	return 0;
}

/* What one encoding says, the next says, too. */
static void check_record(const void *octets, size_t length)
{
	g_autoptr(MessageSummary) summary = summary_decode(octets, length, "+");
	g_autoptr(MessageSummary) again = NULL;
	g_autoptr(GBytes) encoded = NULL, encoded_again = NULL;

	if (summary == NULL)
		return;
	encoded = summary_encode(summary);
	again = summary_decode(g_bytes_get_data(encoded, NULL), g_bytes_get_size(encoded),
			       "+");
	fuzz_law(again != NULL);
	encoded_again = summary_encode(again);
	fuzz_law(g_bytes_equal(encoded, encoded_again));
}

/* Frames and damage cover the file without a gap. */
static void check_frames(const char *octets, size_t length, size_t offset)
{
	Frame frame;

	while ((frame = frame_next(octets, length, offset)).kind != FRAME_NONE) {
		fuzz_law(frame.start == offset);
		fuzz_law(frame.end > frame.start && frame.end <= length);
		if (frame.kind == FRAME_RECORD) {
			fuzz_law(frame.payload >= octets + frame.start);
			fuzz_law(frame.payload + frame.length <= octets + frame.end);
			check_record(frame.payload, frame.length);
		}
		offset = frame.end;
	}
	fuzz_law(offset == length);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t length)
{
	size_t replayed = 0;

	check_record(octets, length);
	if (spool_head_read((const char *)octets, length, &replayed) && replayed <= length)
		check_frames((const char *)octets, length, replayed);
	else
		check_frames((const char *)octets, length, 0);
	return 0;
}
