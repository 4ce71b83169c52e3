// One loaded model, a bounded pool of per-live states, and voice detection, over whisper.cpp's C API.
#pragma once

#include "messages.h"

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

struct whisper_context;
struct whisper_state;
struct whisper_vad_context;
struct parakeet_context;
struct parakeet_state;

// prompt.cpp: a model's text tokens by their text.
class Vocabulary {
  public:
    explicit Vocabulary(whisper_context * context);

    // Words of a glossary as tokens: at most `most`, and never one that steers the decoder.
    std::vector<int32_t> tokens_of(const std::string & prompt, size_t most) const;

  private:
    std::unordered_map<std::string, int32_t> tokens_;
    size_t                                   longest_ = 0;
};

// `code` is one of the protocol's error codes; `what()` names no content.
class SpeechError : public std::runtime_error {
  public:
    const std::string code;
    SpeechError(const std::string & code, const std::string & detail) : std::runtime_error(detail), code(code) {}
};

// parakeet.cpp: a Parakeet TDT model. It keeps nothing between two sounds, so that all lives share its one state. It finds the language
// itself and takes no prompt.
class Parakeet {
  public:
    // Throws SpeechError("model-invalid").
    Parakeet(const std::string & path, bool gpu);
    ~Parakeet();

    bool multilingual() const;

    // Fills pieces (one a sentence, with times of `samples`), mean log probability and `encoded_ms`.
    void hear(const std::vector<float> & samples, int threads, std::atomic<bool> & stop,
              const std::function<void(int)> & on_progress, Result & result);

  private:
    parakeet_context * context_ = nullptr;
    parakeet_state *   state_   = nullptr;
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

    // Frees what is kept for a live that has ended. Unknown keys are ignored.
    void forget(const std::string & key);

  private:
    void            load_whisper(const std::string & path, bool gpu);
    void            hear_whisper(const Request & request, const std::vector<float> & samples, std::atomic<bool> & stop,
                                 const std::function<void(int)> & on_progress, Result & result);
    whisper_state * state_for(const std::string & key);

    // One of the two.
    whisper_context *         context_ = nullptr;
    std::unique_ptr<Parakeet> parakeet_;
    whisper_vad_context * vad_     = nullptr;
    size_t                most_states_;
    int                   threads_;
    bool                  fit_window_;
    bool                  flash_ = true;
    Ready                 ready_;
    // Made with the first prompt: most lives have none.
    std::unique_ptr<Vocabulary> vocabulary_;
    // Most recently used first.
    std::list<std::pair<std::string, whisper_state *>> states_;
};

// decode.cpp: the decoding settings and the reading of what came out.
struct Decoding {
    whisper_context *                context;
    whisper_state *                  state;
    int                              threads;
    std::string                      language;
    const std::vector<int32_t> &     prompt;
    const std::vector<float> &       samples;
    int                              window;  // positions of the encoder, 20 ms each
    const std::function<whisper_state *(int)> & state_of;  // by window
    std::atomic<bool> &              stop;
    const std::function<void(int)> & on_progress;
};

// Fills language and its probability from the start of the sound.
void detect_language(const Decoding & decoding, Result & result);

// Fills pieces, trust figures and `second_pass`; the caller has filled language and its probability.
void decode(const Decoding & decoding, Result & result);

