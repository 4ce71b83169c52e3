#include "messages.h"

#include "json.hpp"

#include <cmath>

using nlohmann::json;

namespace {

Request invalid(const std::string & problem) {
    Request request;
    request.problem = problem;
    return request;
}

bool has_id(const json & message) {
    return message.contains("id") && message["id"].is_number_unsigned() && message["id"].get<uint64_t>() <= (1ull << 53);
}

std::string text_of(const json & message, const char * key) {
    const auto found = message.find(key);
    return found != message.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int int_of(const json & message, const char * key, int fallback, int least, int most) {
    const auto found = message.find(key);
    if (found == message.end() || !found->is_number_integer()) {
        return fallback;
    }
    const auto value = found->get<int64_t>();
    return value < least ? least : value > most ? most : int(value);
}

json or_null(bool known, double value) {
    return known && std::isfinite(value) ? json(value) : json(nullptr);
}

// A token may end inside a character: what is not UTF-8 becomes U+FFFD instead of an exception.
std::string dump(const json & message) {
    return message.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

Request parse_request(const std::string & text) {
    const json message = json::parse(text, nullptr, false);
    if (!message.is_object()) {
        return invalid("header is not a JSON object");
    }
    Request request;
    const std::string type = text_of(message, "type");
    if (type == "hello") {
        request.kind      = RequestKind::hello;
        request.protocol  = int_of(message, "protocol", 0, 0, 1 << 20);
        request.model     = text_of(message, "model");
        request.vad_model = text_of(message, "vadModel");
        request.gpu       = message.contains("gpu") && message["gpu"].is_boolean() && message["gpu"].get<bool>();
        request.fit_window = text_of(message, "window") == "fit";
        request.threads   = int_of(message, "threads", 0, 0, 256);
        request.states    = int_of(message, "states", 4, 1, 64);
        return request;
    }
    if (type == "close") {
        request.kind = RequestKind::close;
        return request;
    }
    if (type == "forget") {
        request.state = text_of(message, "state");
        if (request.state.empty() || request.state.size() > 200) {
            return invalid("state is missing");
        }
        request.kind = RequestKind::forget;
        return request;
    }
    if (type != "transcribe" && type != "cancel") {
        return invalid("unknown message type");
    }
    if (!has_id(message)) {
        return invalid("id is missing");
    }
    request.id = message["id"].get<int64_t>();
    if (type == "cancel") {
        request.kind = RequestKind::cancel;
        return request;
    }
    request.state    = text_of(message, "state");
    request.language = text_of(message, "language");
    if (request.state.empty() || request.state.size() > 200 || request.language.empty()) {
        request.problem = "state or language is missing";
        return request;
    }
    request.prompt = text_of(message, "prompt");
    if (request.prompt.size() > MOST_PROMPT_BYTES) {
        request.problem = "prompt is too long";
        return request;
    }
    request.kind = RequestKind::transcribe;
    return request;
}

std::string ready_json(const Ready & ready) {
    return dump({
        { "type", "ready" },
        { "protocol", PROTOCOL_VERSION },
        { "worker", "native" },
        { "library", ready.library },
        { "device", ready.device },
        { "deviceName", ready.device_name },
        { "modelType", ready.model_type },
        { "multilingual", ready.multilingual },
        { "threads", ready.threads },
        { "memoryBytes", ready.memory_bytes },
    });
}

std::string progress_json(int64_t id, int percent) {
    return dump({ { "type", "progress" }, { "id", id }, { "percent", percent } });
}

std::string result_json(const Result & result) {
    json pieces = json::array();
    for (const auto & piece : result.pieces) {
        json words = json::array();
        for (const auto & word : piece.words) {
            words.push_back({ { "text", word.text }, { "probability", or_null(true, word.probability) } });
        }
        pieces.push_back({
            { "text", piece.text },
            { "startMs", piece.start_ms },
            { "endMs", piece.end_ms },
            { "words", words },
            { "noSpeech", or_null(piece.has_no_speech, piece.no_speech) },
            { "meanLogProb", or_null(true, piece.mean_log_prob) },
        });
    }
    json speech = nullptr;
    if (result.has_speech) {
        speech = json::array();
        for (const auto & span : result.speech) {
            speech.push_back({ { "startMs", span.first }, { "endMs", span.second } });
        }
    }
    json heard = nullptr;
    if (!result.heard_language.empty()) {
        heard = { { "language", result.heard_language }, { "probability", or_null(true, result.heard_probability) } };
    }
    return dump({
        { "type", "result" },
        { "id", result.id },
        { "language", result.language },
        { "languageProbability", or_null(result.has_language_probability, result.language_probability) },
        { "heardLanguage", heard },
        { "pieces", pieces },
        { "noSpeech", or_null(result.has_no_speech, result.no_speech) },
        { "meanLogProb", or_null(result.has_mean_log_prob, result.mean_log_prob) },
        { "speech", speech },
        { "processingMs", result.processing_ms },
        { "secondPass", result.second_pass },
        { "encodedMs", result.encoded_ms },
        { "memoryBytes", result.memory_bytes },
    });
}

std::string error_json(int64_t id, const std::string & code, const std::string & detail) {
    return dump({
        { "type", "error" },
        { "id", id < 0 ? json(nullptr) : json(id) },
        { "code", code },
        { "detail", detail },
    });
}
