#include "speech.h"

#include "parakeet.h"

#include <algorithm>
#include <cmath>

namespace {

// A shorter sound is filled up with silence: the encoder looks at eight frames of 10 ms at a time.
const size_t LEAST_SAMPLES = 8000;
// nvidia/parakeet-tdt-0.6b-v2 knows 1,024 pieces of English, v3 8,192 of 25 languages.
const int ENGLISH_VOCABULARY = 1024;

// SentencePiece's mark of a word's beginning, U+2581.
const std::string WORD_MARK = "\xe2\x96\x81";

bool ends_sentence(const std::string & text) {
    return !text.empty() && (text.back() == '.' || text.back() == '!' || text.back() == '?');
}

// What is open while tokens become words and words become pieces.
struct Pieces {
    std::vector<Piece> done;
    Piece              open;
    double             sum = 0;      // of the open piece
    int                tokens = 0;
    double             word_sum = 0;
    int                word_tokens = 0;

    void finish_word() {
        if (word_tokens > 0) {
            open.words.back().probability = std::exp(word_sum / word_tokens);
        }
        word_sum    = 0;
        word_tokens = 0;
    }

    void finish_piece() {
        finish_word();
        if (tokens > 0) {
            open.mean_log_prob = sum / tokens;
            done.push_back(std::move(open));
        }
        open   = Piece();
        sum    = 0;
        tokens = 0;
    }

    void add(const std::string & token, bool starts_word, double log_prob, int64_t start_ms, int64_t end_ms) {
        if (starts_word && !open.words.empty() && ends_sentence(open.words.back().text)) {
            finish_piece();
        }
        if (tokens == 0) {
            open.start_ms = start_ms;
        }
        open.end_ms = std::max(open.start_ms, end_ms);
        if (starts_word || open.words.empty()) {
            finish_word();
            open.words.emplace_back();
            open.text += ' ';
        }
        open.words.back().text += token;
        open.text += token;
        word_sum += log_prob;
        word_tokens++;
        sum += log_prob;
        tokens++;
    }
};

} // namespace

Parakeet::Parakeet(const std::string & path, bool gpu) {
    parakeet_context_params params = parakeet_context_default_params();
    params.use_gpu = gpu;
    context_ = parakeet_init_from_file_with_params_no_state(path.c_str(), params);
    if (!context_) {
        throw SpeechError("model-invalid", "whisper.cpp refuses the file");
    }
    // Now, so that a machine without enough memory says so before it says ready.
    state_ = parakeet_init_state(context_);
    if (!state_) {
        parakeet_free(context_);
        throw SpeechError("failed", "no memory for the model");
    }
}

Parakeet::~Parakeet() {
    parakeet_free_state(state_);
    parakeet_free(context_);
}

bool Parakeet::multilingual() const {
    return parakeet_model_n_vocab(context_) > ENGLISH_VOCABULARY;
}

void Parakeet::hear(const std::vector<float> & samples, int threads, std::atomic<bool> & stop,
                    const std::function<void(int)> & on_progress, Result & result) {
    std::vector<float> sound = samples;
    sound.resize(std::max(sound.size(), LEAST_SAMPLES), 0.0f);
    const int64_t sound_ms = int64_t(samples.size()) / 16;

    parakeet_full_params params = parakeet_full_default_params(PARAKEET_SAMPLING_GREEDY);
    params.n_threads = threads;
    // Same sound, same text, whatever was decoded before.
    params.no_context = true;
    params.abort_callback_user_data = &stop;
    params.abort_callback = [](void * data) { return static_cast<std::atomic<bool> *>(data)->load(); };

    on_progress(0);
    const int rc = parakeet_full_with_state(context_, state_, params, sound.data(), int(sound.size()));
    if (stop.load()) {
        throw SpeechError("cancelled", "cancelled");
    }
    if (rc != 0) {
        throw SpeechError("failed", "parakeet answered " + std::to_string(rc));
    }
    result.encoded_ms += int64_t(sound.size()) / 16;

    Pieces pieces;
    double sum = 0;
    int tokens = 0;
    for (int i = 0; i < parakeet_full_n_segments_from_state(state_); i++) {
        for (int k = 0; k < parakeet_full_n_tokens_from_state(state_, i); k++) {
            const parakeet_token_data token = parakeet_full_get_token_data_from_state(state_, i, k);
            const char * named = parakeet_token_to_str(context_, token.id);
            std::string text = named ? named : "";
            const bool starts_word = text.compare(0, WORD_MARK.size(), WORD_MARK) == 0;
            if (starts_word) {
                text.erase(0, WORD_MARK.size());
            }
            // The pieces that steer, `<unk>` and the like, are nothing that was said.
            if ((text.empty() && !starts_word) || (text.size() > 1 && text.front() == '<' && text.back() == '>')) {
                continue;
            }
            // `plog` of the library is the raw score; the probability is that among all pieces.
            const double log_prob = std::log(std::max(1e-9, double(token.p)));
            const int64_t start_ms = std::min(sound_ms, std::max<int64_t>(0, token.t0 * 10));
            pieces.add(text, starts_word, log_prob, start_ms, std::min(sound_ms, std::max(start_ms, token.t1 * 10)));
            sum += log_prob;
            tokens++;
        }
    }
    pieces.finish_piece();
    result.pieces            = std::move(pieces.done);
    result.has_mean_log_prob = tokens > 0;
    result.mean_log_prob     = tokens > 0 ? sum / tokens : 0;
    on_progress(100);
}
