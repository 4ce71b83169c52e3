// Where somebody speaks in a sound, and what of it is worth giving to the recogniser.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

struct whisper_vad_context;

// In samples of the sound, the end not included.
struct Stretch {
    int64_t from;
    int64_t to;
};

struct Voice {
    bool                                     known = false;  // false: no voice model, or it failed
    std::vector<std::pair<int64_t, int64_t>> spans;          // start and end in ms, as they are told to the engine
    std::vector<Stretch>                     heard;          // in order, apart from each other; empty: nobody speaks
};

// `context` null: the whole sound is heard.
Voice find_voice(whisper_vad_context * context, const std::vector<float> & samples);

// The heard stretches one after the other.
std::vector<float> join(const std::vector<float> & samples, const std::vector<Stretch> & heard);

// A moment of the joined sound as a moment of the whole one, ms. On a seam an end belongs to the stretch before it, a start to the
// one after it.
int64_t moment_in_sound(const std::vector<Stretch> & heard, int64_t joined_ms, bool is_end);
