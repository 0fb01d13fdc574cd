/* SPDX-License-Identifier: BSD-2-Clause */
#include "load.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "client.h"

enum { EVENTS_MAX = 256 };

typedef struct {
	const LoadPlan *plan;
	Traffic *traffic;
	Tally *tally;
	int poll, timer;
	unsigned long begun, ended, total; /* letters; total with those for warming */
	int64_t start;			   /* of a load with a rate */
	unsigned open;
} Load;

/* ---- sessions ---- */

static void watch(const Load *self, Client *client, int operation)
{
	struct epoll_event event = {
		.events = EPOLLIN | (client_wants_to_send(client) ? EPOLLOUT : 0),
		.data.ptr = client,
	};

	g_assert_cmpint(epoll_ctl(self->poll, operation, client_descriptor(client), &event),
			==, 0);
}

static void end_session(Load *self, Client *client)
{
	client_quit(client);
	client_free(client); /* and leaves the poll */
	self->open--;
}

static void note(Load *self, const Client *client)
{
	int64_t now = g_get_monotonic_time();

	tally_note(self->tally, now - client_due(client), client_was_accepted(client));
	self->ended++;
	if (self->ended == self->plan->warming)
		tally_begin(self->tally, self->plan->pid);
}

/* False when the session is over. */
static bool follow(Load *self, Client *client, ClientState state)
{
	while (state == CLIENT_ANSWERED) {
		note(self, client);
		if (client_letters(client) == self->plan->letters ||
		    self->begun == self->total) {
			end_session(self, client);
			return false;
		}
		self->begun++;
		state = client_send_letter(client, g_get_monotonic_time());
	}
	if (state == CLIENT_HUNG_UP)
		g_error("the milter hung up without an answer");
	return true;
}

static void open_session(Load *self, int64_t due)
{
	Client *client = client_new(self->plan->socket, self->traffic);

	self->begun++;
	self->open++;
	if (follow(self, client, client_begin(client, due)))
		watch(self, client, EPOLL_CTL_ADD);
}

/* ---- when ---- */

static int64_t due_at(const Load *self, unsigned long letter)
{
	return self->start + (int64_t)((double)letter * G_USEC_PER_SEC / self->plan->rate);
}

static void set_timer(const Load *self)
{
	int64_t due = due_at(self, self->begun);
	struct itimerspec at = {
		.it_value = {due / G_USEC_PER_SEC, due % G_USEC_PER_SEC * 1000}};

	timerfd_settime(self->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void open_what_is_due(Load *self)
{
	if (self->plan->rate <= 0) {
		while (self->open < self->plan->connections && self->begun < self->total)
			open_session(self, g_get_monotonic_time());
		return;
	}
	while (self->open < self->plan->connections && self->begun < self->total &&
	       due_at(self, self->begun) <= g_get_monotonic_time())
		open_session(self, due_at(self, self->begun));
	if (self->begun < self->total)
		set_timer(self);
}

static void handle(Load *self, const struct epoll_event *event)
{
	Client *client = event->data.ptr;
	bool was_blocked;

	if (client == NULL) { /* the timer */
		uint64_t expirations;

		if (read(self->timer, &expirations, sizeof expirations) < 0)
			return;
		return;
	}
	was_blocked = client_wants_to_send(client);
	if (follow(self, client, client_go_on(client)) &&
	    client_wants_to_send(client) != was_blocked)
		watch(self, client, EPOLL_CTL_MOD);
}

static void prepare(Load *self)
{
	struct epoll_event timer_event = {.events = EPOLLIN};

	self->poll = epoll_create1(EPOLL_CLOEXEC);
	self->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	g_assert_true(self->poll >= 0 && self->timer >= 0);
	epoll_ctl(self->poll, EPOLL_CTL_ADD, self->timer, &timer_event);
	self->start = g_get_monotonic_time();
}

void load_run(const LoadPlan *plan, Traffic *traffic, Tally *tally)
{
	Load self = {
		.plan = plan,
		.traffic = traffic,
		.tally = tally,
		.total = plan->warming + plan->total,
	};
	struct epoll_event events[EVENTS_MAX];

	prepare(&self);
	tally_begin(tally, plan->pid);
	while (self.ended < self.total) {
		int count;

		open_what_is_due(&self);
		if (self.ended == self.total)
			break;
		count = epoll_wait(self.poll, events, EVENTS_MAX, -1);
		for (int i = 0; i < count; i++)
			handle(&self, &events[i]);
	}
	tally_end(tally, plan->pid);
	close(self.poll);
	close(self.timer);
}
