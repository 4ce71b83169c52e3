#include "speech.h"

#include "whisper.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace {

// whisper.cpp's own measure of a loop: over the last 32 tokens, below this entropy the text repeats itself.
const float  LOOP_ENTROPY = 2.4f;
const double POOR_MEAN_LOG_PROB = -1.0;

struct Run {
    Decoding const * decoding;
    int              windows = 0;
    int              first_piece_of_window = 0;
};

// The settings, and why. Same sound, same text, whatever was decoded before:
// - no text is carried from one call or window to the next: the budget of earlier text is exactly the prompt, which every window
//   gets anew (no_context, carry_initial_prompt), and nothing where there is none;
// - temperature 0 and no temperature fallback, whose random numbers depend on the history of the state;
// - instead of the fallback, one deterministic second pass with beam search where the first looks bad;
// - the library's own no-speech gate is off (threshold above 1): it reads a stale row of logits unless it detects the
//   language itself, and what is silence is decided, and shown, by the engine.
// Token timestamps stay off: they count the pause before a piece as its first words. The engine places words by voice.
whisper_full_params settings(const Decoding & decoding, Run & run, bool beam) {
    whisper_full_params params =
        whisper_full_default_params(beam ? WHISPER_SAMPLING_BEAM_SEARCH : WHISPER_SAMPLING_GREEDY);
    params.n_threads        = decoding.threads;
    params.audio_ctx        = decoding.window;
    params.language         = decoding.language.c_str();
    params.no_context       = true;
    params.n_max_text_ctx   = 0;
    if (!decoding.prompt.empty()) {
        params.n_max_text_ctx       = int(decoding.prompt.size()) + 1;  // the start-of-earlier-text token
        params.carry_initial_prompt = true;
        params.prompt_tokens        = decoding.prompt.data();
        params.prompt_n_tokens      = int(decoding.prompt.size());
    }
    params.temperature      = 0.0f;
    params.temperature_inc  = 0.0f;
    params.no_speech_thold  = 2.0f;
    params.print_progress   = false;
    params.print_realtime   = false;
    params.print_timestamps = false;
    params.beam_search.beam_size = beam ? 5 : -1;

    params.abort_callback_user_data = const_cast<Decoding *>(&decoding);
    params.abort_callback = [](void * data) { return static_cast<Decoding *>(data)->stop.load(); };
    params.encoder_begin_callback_user_data = &run;
    params.encoder_begin_callback = [](whisper_context *, whisper_state * state, void * data) {
        auto * current = static_cast<Run *>(data);
        current->windows++;
        current->first_piece_of_window = whisper_full_n_segments_from_state(state);
        return !current->decoding->stop.load();
    };
    params.progress_callback_user_data = &run;
    params.progress_callback = [](whisper_context *, whisper_state *, int percent, void * data) {
        static_cast<Run *>(data)->decoding->on_progress(std::min(100, std::max(0, percent)));
    };
    return params;
}

int64_t clamp_ms(int64_t hundredths, int64_t most) {
    return std::min(std::max<int64_t>(0, hundredths * 10), most);
}

// Tokens become words where a token begins with a space. Special and timestamp tokens have ids from the end-of-text one.
Piece read_piece(const Decoding & decoding, int index, int64_t sound_ms) {
    whisper_state * state = decoding.state;
    Piece piece;
    piece.text     = whisper_full_get_segment_text_from_state(state, index);
    piece.start_ms = clamp_ms(whisper_full_get_segment_t0_from_state(state, index), sound_ms);
    piece.end_ms   = std::max(piece.start_ms, clamp_ms(whisper_full_get_segment_t1_from_state(state, index), sound_ms));

    double sum = 0;
    int tokens = 0;
    double word_sum = 0;
    int word_tokens = 0;
    const auto finish_word = [&] {
        if (word_tokens > 0) {
            piece.words.back().probability = std::exp(word_sum / word_tokens);
        }
        word_sum    = 0;
        word_tokens = 0;
    };
    for (int i = 0; i < whisper_full_n_tokens_from_state(state, index); i++) {
        const whisper_token_data token = whisper_full_get_token_data_from_state(state, index, i);
        if (token.id >= whisper_token_eot(decoding.context)) {
            continue;
        }
        const std::string text = whisper_token_to_str(decoding.context, token.id);
        if (text.empty()) {
            continue;
        }
        sum += token.plog;
        tokens++;
        if (piece.words.empty() || text[0] == ' ') {
            finish_word();
            piece.words.emplace_back();
        }
        Word & word = piece.words.back();
        word.text += word.text.empty() && text[0] == ' ' ? text.substr(1) : text;
        word_sum += token.plog;
        word_tokens++;
    }
    finish_word();
    piece.mean_log_prob = tokens > 0 ? sum / tokens : 0;
    return piece;
}

struct Reading {
    std::vector<Piece> pieces;
    double mean_log_prob = 0;
    bool   any = false;
    bool   loops = false;
};

bool token_loop(const std::vector<whisper_token> & tokens) {
    if (tokens.size() <= 32) {
        return false;
    }
    std::map<whisper_token, int> counts;
    for (size_t i = tokens.size() - 32; i < tokens.size(); i++) {
        counts[tokens[i]]++;
    }
    double entropy = 0;
    for (const auto & entry : counts) {
        const double p = entry.second / 32.0;
        entropy -= p * std::log(p);
    }
    return entropy < LOOP_ENTROPY;
}

Reading read_all(const Decoding & decoding, int64_t sound_ms) {
    Reading reading;
    std::vector<whisper_token> tokens;
    double sum = 0;
    for (int i = 0; i < whisper_full_n_segments_from_state(decoding.state); i++) {
        reading.pieces.push_back(read_piece(decoding, i, sound_ms));
        for (int k = 0; k < whisper_full_n_tokens_from_state(decoding.state, i); k++) {
            const whisper_token_data token = whisper_full_get_token_data_from_state(decoding.state, i, k);
            if (token.id < whisper_token_eot(decoding.context)) {
                tokens.push_back(token.id);
                sum += token.plog;
            }
        }
    }
    reading.any           = !tokens.empty();
    reading.mean_log_prob = tokens.empty() ? 0 : sum / double(tokens.size());
    reading.loops         = token_loop(tokens);
    return reading;
}

Reading run_once(const Decoding & decoding, Run & run, bool beam, int64_t sound_ms) {
    const int rc = whisper_full_with_state(decoding.context, decoding.state, settings(decoding, run, beam),
                                           decoding.samples.data(), int(decoding.samples.size()));
    if (decoding.stop.load()) {
        throw SpeechError("cancelled", "cancelled");
    }
    if (rc == -7) {
        throw SpeechError("fatal", "no memory for the decoder");  // the library has freed the state
    }
    if (rc != 0) {
        throw SpeechError("failed", "whisper.cpp answered " + std::to_string(rc));
    }
    return read_all(decoding, sound_ms);
}

// Probability of the no-speech token in the last decoded row.
double no_speech_probability(whisper_context * context, whisper_state * state) {
    const float * logits = whisper_get_logits_from_state(state);
    const int count = whisper_n_vocab(context);
    const float most = *std::max_element(logits, logits + count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += std::exp(double(logits[i] - most));
    }
    return std::exp(double(logits[whisper_token_nosp(context)] - most)) / sum;
}

// The likeliest language of the last decoded row, among the language tokens alone (whisper.cpp, whisper_lang_auto_detect).
void read_heard_language(whisper_context * context, whisper_state * state, Result & result) {
    const float * logits = whisper_get_logits_from_state(state);
    int best = 0;
    for (int id = 1; id <= whisper_lang_max_id(); id++) {
        if (logits[whisper_token_lang(context, id)] > logits[whisper_token_lang(context, best)]) {
            best = id;
        }
    }
    const float most = logits[whisper_token_lang(context, best)];
    double sum = 0;
    for (int id = 0; id <= whisper_lang_max_id(); id++) {
        sum += std::exp(double(logits[whisper_token_lang(context, id)] - most));
    }
    result.heard_language    = whisper_lang_str(best);
    result.heard_probability = 1.0 / sum;
}

} // namespace

void detect_language(const Decoding & decoding, Result & result) {
    // The window of a state is only ever set by a full run, and stays: one that gives up before the encoder sets it and nothing else.
    Run run { &decoding };
    whisper_full_params params = settings(decoding, run, false);
    params.language = "en";
    params.encoder_begin_callback = [](whisper_context *, whisper_state *, void *) { return false; };
    std::vector<float> probabilities(size_t(whisper_lang_max_id()) + 1, 0.0f);
    int language = -1;
    if (whisper_full_with_state(decoding.context, decoding.state, params, decoding.samples.data(),
                                int(decoding.samples.size())) == 0) {
        language = whisper_lang_auto_detect_with_state(decoding.context, decoding.state, 0, decoding.threads,
                                                       probabilities.data());
    }
    if (language < 0) {
        throw SpeechError("failed", "language detection failed");
    }
    result.language                 = whisper_lang_str(language);
    result.has_language_probability = true;
    result.language_probability     = probabilities[size_t(language)];
    result.encoded_ms += 20LL * decoding.window;
}

void decode(const Decoding & decoding, Result & result) {
    const int64_t sound_ms = int64_t(decoding.samples.size()) / 16;
    Run run { &decoding };
    decoding.on_progress(0);
    Reading reading = run_once(decoding, run, false, sound_ms);
    whisper_state * last = decoding.state;
    result.encoded_ms += 20LL * decoding.window * run.windows;

    if (reading.any && (reading.loops || reading.mean_log_prob < POOR_MEAN_LOG_PROB)) {
        // Over the whole window, which the model knows best: a fitted one may be what went wrong.
        Decoding whole = decoding;
        whole.window   = whisper_model_n_audio_ctx(decoding.context);
        whole.state    = decoding.state_of(whole.window);
        Run second { &whole };
        const Reading other = run_once(whole, second, true, sound_ms);
        result.encoded_ms += 20LL * whole.window * second.windows;
        last = whole.state;
        result.second_pass = true;
        const bool better = reading.loops != other.loops ? reading.loops : other.mean_log_prob > reading.mean_log_prob;
        if (other.any && better) {
            reading = other;
        }
        run = second;  // the encoder's memory is that of the last run
    }

    // The figure the Whisper paper means: the no-speech token right after start-of-transcript; the same row tells the language. One
    // more decoding step over the encoded window that is still in memory, so it speaks for the last window only; up to 30 s there
    // usually is only one. Without the prompt: what is in the sound does not depend on what is expected.
    const whisper_token start = whisper_token_sot(decoding.context);
    if (run.windows > 0 &&
        whisper_decode_with_state(decoding.context, last, &start, 1, 0, decoding.threads) == 0) {
        const double probability = no_speech_probability(decoding.context, last);
        for (size_t i = size_t(run.windows == 1 ? 0 : run.first_piece_of_window); i < reading.pieces.size(); i++) {
            reading.pieces[i].has_no_speech = true;
            reading.pieces[i].no_speech     = probability;
        }
        result.has_no_speech = run.windows == 1;
        result.no_speech     = probability;
        if (whisper_is_multilingual(decoding.context)) {
            read_heard_language(decoding.context, last, result);
        }
    }
    result.pieces            = std::move(reading.pieces);
    result.has_mean_log_prob = reading.any;
    result.mean_log_prob     = reading.mean_log_prob;
    decoding.on_progress(100);
}
