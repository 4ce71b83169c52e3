#include "speech.h"

#include "platform.h"
#include "voice.h"
#include "whisper.h"

#include "ggml-backend.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace {

enum class Family { whisper, parakeet };

// The libraries check little of what they read, so the fixed part of the file is looked at first; it also tells which of them is meant.
// Layouts: whisper.cpp, whisper_model_load and parakeet_model_load. Opened through ggml, which knows how to open a UTF-8 path on Windows.
Family family_of(const std::string & path) {
    FILE * file = ggml_fopen(path.c_str(), "rb");
    if (!file) {
        throw SpeechError("model-invalid", "the file cannot be opened");
    }
    int32_t fields[16] = {};
    const size_t read = fread(fields, sizeof(int32_t), 16, file);
    fclose(file);
    if (read != 16 || uint32_t(fields[0]) != 0x67676d6c) {
        throw SpeechError("model-invalid", "the file is not a ggml file");
    }
    const auto within = [&](int index, int least, int most) { return fields[index] >= least && fields[index] <= most; };
    // vocabulary, audio context, audio state, heads, layers, text context, text state, text heads, text layers, mels, type
    if (within(1, 1000, 200000) && within(2, 1, 10000) && within(3, 32, 8192) && within(4, 1, 128) && within(5, 1, 128) &&
        within(6, 16, 8192) && within(7, 32, 8192) && within(8, 1, 128) && within(9, 1, 128) && within(10, 1, 512) &&
        within(11, 0, 100000) && fields[3] % fields[4] == 0 && fields[7] % fields[8] == 0) {
        return Family::whisper;
    }
    // vocabulary, audio context, audio state, heads, layers, mels, type, window, subsampling, its channels, convolution, prediction
    // width, prediction layers, durations, most tokens a frame
    if (within(1, 2, 200000) && within(2, 1, 100000) && within(3, 8, 8192) && within(4, 1, 128) && within(5, 1, 128) &&
        within(6, 8, 512) && within(7, 0, 100000) && within(8, 16, 8192) && fields[9] == 8 && within(10, 1, 4096) &&
        within(11, 1, 128) && within(12, 1, 8192) && within(13, 1, 16) && within(14, 1, 64) && within(15, 1, 1000) &&
        fields[3] % fields[4] == 0) {
        return Family::parakeet;
    }
    throw SpeechError("model-invalid", "the file has no plausible Whisper or Parakeet header");
}

// whisper.cpp takes the first GPU or integrated GPU that registered; the same walk tells its name.
std::string gpu_name() {
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        const auto type = ggml_backend_dev_type(device);
        if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU) {
            // The backend's own name ("CUDA0", "Vulkan0") beside the card's.
            return std::string(ggml_backend_dev_description(device)) + ", " + ggml_backend_dev_name(device);
        }
    }
    return "";
}

std::string cpu_name() {
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        if (ggml_backend_dev_type(device) == GGML_BACKEND_DEVICE_TYPE_CPU) {
            return ggml_backend_dev_description(device);
        }
    }
    return "CPU";
}

// Positions for a sound of so many samples: the sound, 1.3 s of silence after it, up to a multiple of `step`. Flash attention reads the
// encoder's output up to a multiple of 256, so that with it any other window would also read what an earlier sound left there; without it
// exactly the window is read, and what lies finer costs less.
int window_for(size_t samples, int most, bool flash) {
    const int step      = flash ? 256 : 64;
    const int positions = int(samples / 320) + 1 + 64;
    return std::min(most, (positions + step - 1) / step * step);
}

// The whole window, 1500, is no multiple of 256: a state that has run over a fitted one is not used for it.
const char * const WHOLE_WINDOW = "whole window";

std::vector<float> to_float(const std::vector<uint8_t> & s16le) {
    std::vector<float> samples(s16le.size() / 2);
    for (size_t i = 0; i < samples.size(); i++) {
        samples[i] = float(int16_t(uint16_t(s16le[2 * i]) | uint16_t(s16le[2 * i + 1]) << 8)) / 32768.0f;
    }
    return samples;
}

} // namespace

Speech::Speech(const Request & hello) : most_states_(size_t(hello.states)), fit_window_(hello.fit_window) {
    // One thread per core: two on one core share its arithmetic units, which the encoder keeps busy alone. Beyond eight threads the
    // encoder gains little and the rest of the desk loses; a person can ask for more.
    threads_ = hello.threads > 0 ? hello.threads : std::min(8, physical_cores());

    const Family family = family_of(hello.model);
    const std::string gpu = hello.gpu ? gpu_name() : "";
    if (family == Family::parakeet) {
        parakeet_.reset(new Parakeet(hello.model, !gpu.empty()));
    } else {
        load_whisper(hello.model, !gpu.empty());
    }
    if (!hello.vad_model.empty()) {
        whisper_vad_context_params vad_params = whisper_vad_default_context_params();
        vad_params.n_threads = 1;  // one window of 32 ms at a time: more threads only wait for each other
        vad_params.use_gpu   = false;
        vad_ = whisper_vad_init_from_file_with_params(hello.vad_model.c_str(), vad_params);
        if (!vad_) {
            throw SpeechError("model-invalid", "whisper.cpp refuses the voice model");
        }
    }
    ready_.library      = std::string("whisper.cpp ") + whisper_version();
    ready_.device       = gpu.empty() ? "cpu" : "gpu";
    ready_.device_name  = gpu.empty() ? cpu_name() : gpu;
    ready_.model_type   = parakeet_ ? "parakeet" : whisper_model_type_readable(context_);
    ready_.multilingual = parakeet_ ? parakeet_->multilingual() : whisper_is_multilingual(context_) != 0;
    ready_.threads      = threads_;
    ready_.memory_bytes = resident_bytes();
}

void Speech::load_whisper(const std::string & path, bool gpu) {
    whisper_context_params params = whisper_context_default_params();
    params.use_gpu = gpu;
    // For fitted windows on a processor the plain products are as fast (GGML_LLAMAFILE), and the window may be any multiple of 64. The
    // whole one is none (1500): the fast products do not take it.
    flash_ = gpu || !fit_window_;
    params.flash_attn = flash_;
    context_ = whisper_init_from_file_with_params_no_state(path.c_str(), params);
    if (!context_) {
        throw SpeechError("model-invalid", "whisper.cpp refuses the file");
    }
    // A state now, so that a machine without enough memory says so before it says ready.
    state_for("");
}

Speech::~Speech() {
    for (auto & entry : states_) {
        whisper_free_state(entry.second);
    }
    whisper_vad_free(vad_);
    whisper_free(context_);
}

whisper_state * Speech::state_for(const std::string & key) {
    for (auto it = states_.begin(); it != states_.end(); ++it) {
        if (it->first == key) {
            states_.splice(states_.begin(), states_, it);
            return it->second;
        }
    }
    // The state made at start belongs to nobody: the first live takes it.
    if (states_.size() == 1 && states_.front().first.empty()) {
        states_.front().first = key;
        return states_.front().second;
    }
    if (states_.size() >= most_states_) {
        whisper_free_state(states_.back().second);
        states_.pop_back();
    }
    whisper_state * state = whisper_init_state(context_);
    if (!state) {
        throw SpeechError("failed", "no memory for another live");
    }
    states_.emplace_front(key, state);
    return state;
}

void Speech::forget(const std::string & key) {
    // The first one stays in any case: the next live takes it over instead of waiting for the memory again.
    for (auto it = states_.begin(); it != states_.end(); ++it) {
        if (it->first != key) {
            continue;
        }
        if (states_.size() == 1) {
            it->first.clear();
            return;
        }
        whisper_free_state(it->second);
        states_.erase(it);
        return;
    }
}

Result Speech::transcribe(const Request & request, const std::vector<uint8_t> & s16le, std::atomic<bool> & stop,
                          const std::function<void(int)> & on_progress) {
    const auto started = std::chrono::steady_clock::now();
    if (s16le.size() % 2 != 0) {
        throw SpeechError("bad-request", "sound is not whole 16-bit samples");
    }
    const bool multilingual = ready_.multilingual;
    const bool find_language = request.language == "auto" && multilingual;
    if (!find_language && request.language != "auto" && whisper_lang_id(request.language.c_str()) < 0) {
        throw SpeechError("bad-request", "unknown language");
    }
    const std::vector<float> sound = to_float(s16le);

    Result result;
    result.id       = request.id;
    // Parakeet hears which language it is, and does not say.
    result.language = find_language ? "und" : multilingual ? request.language : "en";

    const Voice voice = find_voice(vad_, sound);
    result.has_speech = voice.known;
    result.speech     = voice.spans;
    const std::vector<float> samples = join(sound, voice.heard);
    // Under 100 ms the library has nothing to listen to.
    if (samples.size() > 1600) {
        if (parakeet_) {
            parakeet_->hear(samples, threads_, stop, on_progress, result);
        } else {
            hear_whisper(request, samples, stop, on_progress, result);
        }
        for (auto & piece : result.pieces) {
            piece.start_ms = moment_in_sound(voice.heard, piece.start_ms, false);
            piece.end_ms   = std::max(piece.start_ms, moment_in_sound(voice.heard, piece.end_ms, true));
        }
    }
    result.processing_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
    result.memory_bytes = resident_bytes();
    return result;
}

void Speech::hear_whisper(const Request & request, const std::vector<float> & samples, std::atomic<bool> & stop,
                          const std::function<void(int)> & on_progress, Result & result) {
    const int most   = whisper_model_n_audio_ctx(context_);
    const int window = fit_window_ ? window_for(samples.size(), most, flash_) : most;
    std::vector<int32_t> prompt;
    if (!request.prompt.empty()) {
        if (!vocabulary_) {
            vocabulary_.reset(new Vocabulary(context_));
        }
        prompt = vocabulary_->tokens_of(request.prompt, size_t(whisper_n_text_ctx(context_)) / 2 - 1);
    }
    const std::function<whisper_state *(int)> state_of = [&](int positions) {
        return state_for(fit_window_ && positions == most ? WHOLE_WINDOW : request.state);
    };
    Decoding decoding {
        context_, state_of(window), threads_, result.language, prompt, samples, window, state_of, stop, on_progress,
    };
    if (result.language == "und") {
        detect_language(decoding, result);
        decoding.language = result.language;
    }
    decode(decoding, result);
}
