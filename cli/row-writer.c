/* SPDX-License-Identifier: BSD-2-Clause */
#include "row-writer.h"

struct RowWriter {
	const RowFace *face;
	void *state;
	size_t count;
};

static const RowFace *const faces[] = {
	[FORMAT_TABLE] = &row_face_table,
	[FORMAT_JSON] = &row_face_json,
	[FORMAT_CSV] = &row_face_csv,
};

RowWriter *row_writer_new(Format format, const Listing *listing, Shape shape)
{
	RowWriter *writer = g_new0(RowWriter, 1);

	writer->face = faces[format];
	writer->state = writer->face->begin(listing, shape);
	return writer;
}

void row_writer_add(RowWriter *writer, const void *row)
{
	writer->face->add(writer->state, row);
	writer->count++;
}

size_t row_writer_count(const RowWriter *writer)
{
	return writer->count;
}

void row_writer_end(RowWriter *writer)
{
	writer->face->end(writer->state);
	g_free(writer);
}

void record_write(Format format, const Listing *listing, const void *row)
{
	RowWriter *writer = row_writer_new(format, listing, SHAPE_RECORD);

	row_writer_add(writer, row);
	row_writer_end(writer);
}
