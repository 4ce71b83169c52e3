// One loaded model, a bounded pool of per-live states, and voice detection, over whisper.cpp's C API.
#pragma once

#include "messages.h"

#include <atomic>
#include <functional>
#include <list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

struct whisper_context;
struct whisper_state;
struct whisper_vad_context;

// `code` is one of the protocol's error codes; `what()` names no content.
class SpeechError : public std::runtime_error {
  public:
    const std::string code;
    SpeechError(const std::string & code, const std::string & detail) : std::runtime_error(detail), code(code) {}
};

class Speech {
  public:
    // Loads both models. Throws SpeechError("model-invalid") on anything that is not a model.
    explicit Speech(const Request & hello);
    ~Speech();

    const Ready & ready() const { return ready_; }

    // `stop` set from another thread ends the work with SpeechError("cancelled").
    Result transcribe(const Request & request, const std::vector<uint8_t> & s16le, std::atomic<bool> & stop,
                      const std::function<void(int)> & on_progress);

  private:
    whisper_state * state_for(const std::string & key);
    void            detect_voice(const std::vector<float> & samples, Result & result);

    whisper_context *     context_ = nullptr;
    whisper_vad_context * vad_     = nullptr;
    size_t                most_states_;
    int                   threads_;
    Ready                 ready_;
    // Most recently used first.
    std::list<std::pair<std::string, whisper_state *>> states_;
};

// decode.cpp: the decoding settings and the reading of what came out.
struct Decoding {
    whisper_context *                context;
    whisper_state *                  state;
    int                              threads;
    std::string                      language;
    const std::vector<float> &       samples;
    std::atomic<bool> &              stop;
    const std::function<void(int)> & on_progress;
};

// Fills pieces, trust figures and `second_pass`; the caller has filled language and its probability.
void decode(const Decoding & decoding, Result & result);

// Probability of the no-speech token at the start-of-transcript position of the last decoded row.
double no_speech_probability(whisper_context * context, whisper_state * state);
