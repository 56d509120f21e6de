/*
 * The protocol of bench/models, searched by a loop that is written for it alone: what generality costs is
 * read off against it. It keeps states as the back ends do, and overlaps cache misses in the same way. Build
 * with -DT=tasks -DP=ptes; there are two folios.
 *
 * One word per task: location 0-4, position 5-6, folio 7-8 (0 = none), preempt 9-10, rcu 11-12, lazy 13,
 * holds mmap_lock 14, ptl 15, folio 16, error 17-18. Bits 19 and up of word 0: ptl, owners of both folios;
 * of word 1: readers, references of both folios; three bits each.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 32
#define MOST (T * 4)
#define FREE UINT32_MAX
#define SHARED(place) (19 + 3 * (place))
#define TAKEN ((1 << 9) + (1 << 11) + (1 << 15))

struct state {
	uint32_t word[T];
	uint32_t parent;
};

static struct state *states;
static uint32_t *table;
static uint32_t count, mask, room;
static struct state found[BATCH * MOST];
static uint32_t hashes[BATCH * MOST], places[BATCH * MOST];
static uint32_t collected;
static uint64_t transitions, failed;

static uint32_t hash(const uint32_t *word)
{
	uint64_t h = 0;

	for (int i = 0; i < T; i++) {
		h = (h ^ word[i]) * 0x9e3779b97f4a7c15ull;
		h ^= h >> 32;
	}
	return h;
}

static uint32_t entry(uint32_t h, uint32_t index)
{
	return (h & ~mask) | index;
}

/* From the place on, the first that is free or whose bits of a hash are those of h. */
static uint32_t seek(uint32_t h, uint32_t place)
{
	while (table[place] != FREE && ((table[place] ^ h) & ~mask))
		place = (place + 1) & mask;
	return place;
}

static void grow(void)
{
	uint32_t hashes[BATCH];

	mask = mask * 2 + 1;
	room = (mask + 1ull) * 3 / 4;
	free(table);
	states = realloc(states, room * sizeof(*states));
	table = malloc((mask + 1ull) * sizeof(*table));
	if (!states || !table)
		exit(1);
	memset(table, 0xff, (mask + 1ull) * sizeof(*table));
	for (uint32_t start = 0; start < count; start += BATCH) {
		uint32_t stop = start + BATCH < count ? start + BATCH : count;

		for (uint32_t i = start; i < stop; i++) {
			hashes[i - start] = hash(states[i].word);
			__builtin_prefetch(&table[hashes[i - start] & mask]);
		}
		for (uint32_t i = start; i < stop; i++) {
			uint32_t place = hashes[i - start] & mask;

			while (table[place] != FREE)
				place = (place + 1) & mask;
			table[place] = entry(hashes[i - start], i);
		}
	}
}

static void collect(const struct state *from, int task, int32_t own, int32_t first, int32_t second)
{
	struct state *next = &found[collected++];

	memcpy(next->word, from->word, sizeof(next->word));
	next->word[task] += own;
	next->word[0] += first;
	next->word[1] += second;
	next->parent = from - states;
}

static void settle(void)
{
	while (count + collected > room)
		grow();
	for (uint32_t i = 0; i < collected; i++) {
		hashes[i] = hash(found[i].word);
		__builtin_prefetch(&table[hashes[i] & mask]);
	}
	for (uint32_t i = 0; i < collected; i++) {
		places[i] = seek(hashes[i], hashes[i] & mask);
		__builtin_prefetch(&states[table[places[i]] & mask]);
	}
	for (uint32_t i = 0; i < collected; i++) {
		uint32_t place = seek(hashes[i], places[i]);

		while (table[place] != FREE &&
		       memcmp(states[table[place] & mask].word, found[i].word, sizeof(found[i].word)))
			place = seek(hashes[i], (place + 1) & mask);
		if (table[place] != FREE)
			continue;
		states[count] = found[i];
		table[place] = entry(hashes[i], count++);
	}
	transitions += collected;
	collected = 0;
}

static void expand(const struct state *s, int task)
{
	uint32_t word = s->word[task];
	uint32_t position = word >> 5 & 3, folio = word >> 7 & 3, error = word >> 17 & 3;
	uint32_t ptl = s->word[0] >> SHARED(0) & 7;
	uint32_t owner = s->word[0] >> SHARED(folio) & 7;
	uint32_t me = task + 1, at = word & 31;

	if ((at >= 2 && at <= 7) || (at >= 12 && at <= 14))
		failed += ptl != me;
	if (at >= 5 && at <= 9)
		failed += owner != me;
	switch (at) {
	case 0: collect(s, task, 1 + (1 << 14), 0, 1 << SHARED(0)); break;
	case 11: collect(s, task, 4 + ((2 - (int)error) << 17), 0, 0); /* fall through */
	case 1: if (!ptl) collect(s, task, 1 + TAKEN, me << SHARED(0), 0); break;
	case 2: collect(s, task, 1 + (1 << 13), 0, 0); break;
	case 3:
		if (position == P) {
			collect(s, task, 10, 0, 0);
			break;
		}
		collect(s, task, 1 << 5, 0, 0);
		collect(s, task, 1 + (1 << 7), 0, 0);
		collect(s, task, 1 + (2 << 7), 0, 0);
		break;
	case 4:
		if (owner) collect(s, task, -1 + (1 << 5) - (int)(folio << 7), 0, 0);
		else collect(s, task, 1 + (1 << 16), me << SHARED(folio), 0);
		break;
	case 5: collect(s, task, 1, 0, 1 << SHARED(folio)); break;
	case 6: collect(s, task, 1 - (1 << 13), 0, 0); break;
	case 7: collect(s, task, 1 - TAKEN, -(int)(me << SHARED(0)), 0); break;
	case 8:
		failed += (word >> 9 & 3) != 0;
		collect(s, task, 1 - (int)(error << 17), 0, 0);
		collect(s, task, 1 + ((1 - (int)error) << 17), 0, 0);
		break;
	case 9: collect(s, task, 1 - (1 << 16), -(int)(me << SHARED(folio)), 0); break;
	case 10: collect(s, task, 1 - (int)(folio << 7), 0, -(1 << SHARED(folio))); break;
	case 12: collect(s, task, 3 - 12 + (1 << 13) + (1 << 5), 0, 0); break;
	case 13: collect(s, task, 1 - (1 << 13), 0, 0); break;
	case 14: collect(s, task, 1 - TAKEN, -(int)(me << SHARED(0)), 0); break;
	case 15: collect(s, task, 1 - (1 << 14), 0, -(1 << SHARED(0))); break;
	default:
		failed += (word >> 9 & 31) != 0;
		collect(s, task, -16 - (int)(position << 5) - (int)(error << 17), 0, 0);
	}
}

int main(void)
{
	mask = 1023;
	grow();
	memset(&states[0], 0, sizeof(states[0]));
	states[0].word[1] = (1 << SHARED(1)) + (1 << SHARED(2));
	states[0].parent = FREE;
	table[hash(states[0].word) & mask] = entry(hash(states[0].word), 0);
	count = 1;
	for (uint32_t next = 0; next < count;) {
		uint32_t stop = next + BATCH < count ? next + BATCH : count;

		for (; next < stop; next++)
			for (int task = 0; task < T; task++)
				expand(&states[next], task);
		settle();
	}
	printf("%u states, %llu transitions, %llu failed\n", count, (unsigned long long)transitions,
	       (unsigned long long)failed);
	return failed != 0;
}
