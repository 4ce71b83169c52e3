// Messages of the speech protocol as plain structs, and the JSON they travel as. The only file pair that knows JSON.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

const int PROTOCOL_VERSION = 2;
const size_t MOST_PROMPT_BYTES = 1600;  // 400 characters, whatever they are

enum class RequestKind { hello, transcribe, cancel, forget, close, invalid };

struct Request {
    RequestKind kind = RequestKind::invalid;
    std::string problem;        // invalid: what is wrong, without quoting the input
    int64_t     id = -1;        // transcribe, cancel
    int         protocol = 0;   // hello, and what follows up to states
    std::string model;
    std::string vad_model;      // empty: no voice detection
    bool        gpu = false;
    int         threads = 0;    // 0: choose
    bool        fit_window = false;  // the encoder runs over the sound alone instead of 30 s
    int         states = 4;     // most lives remembered at a time
    std::string state;          // transcribe, forget: key of the live
    std::string language;       // transcribe: fr, en, ..., auto
    std::string prompt;         // transcribe: words to be expected, may be empty
};

Request parse_request(const std::string & json);

struct Ready {
    std::string library;
    std::string device;       // cpu | gpu
    std::string device_name;
    std::string model_type;
    bool        multilingual = false;
    int         threads = 0;
    uint64_t    memory_bytes = 0;
};

struct Word {
    std::string text;
    double      probability = 0;  // geometric mean over its tokens
};

struct Piece {
    std::string       text;
    int64_t           start_ms = 0;
    int64_t           end_ms = 0;
    std::vector<Word> words;
    double            mean_log_prob = 0;
    bool              has_no_speech = false;
    double            no_speech = 0;
};

struct Result {
    int64_t            id = -1;
    std::string        language;
    bool               has_language_probability = false;
    double             language_probability = 0;
    std::string        heard_language;        // empty: nothing was encoded, or the model knows one language
    double             heard_probability = 0;
    std::vector<Piece> pieces;
    bool               has_no_speech = false;
    double             no_speech = 0;
    bool               has_mean_log_prob = false;
    double             mean_log_prob = 0;
    bool               has_speech = false;  // false: no voice model
    std::vector<std::pair<int64_t, int64_t>> speech;  // start and end in ms
    int64_t            processing_ms = 0;
    bool               second_pass = false;
    int64_t            encoded_ms = 0;  // sound that went through the encoder, padding included
    uint64_t           memory_bytes = 0;
};

std::string ready_json(const Ready & ready);
std::string progress_json(int64_t id, int percent);
std::string result_json(const Result & result);
// `id` below zero: the error belongs to no request.
std::string error_json(int64_t id, const std::string & code, const std::string & detail);
