// vigie-speech: the speech worker. Frames on standard input and output (engine/transcribe/protocol/README.md), logs on standard
// error, no network, no other file than the two models it is told to read. It ends when its input ends: a worker never
// outlives the engine that started it.
#include "frames.h"
#include "messages.h"
#include "parakeet.h"
#include "platform.h"
#include "speech.h"
#include "whisper.h"

#include "ggml-backend.h"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace {

enum Exit { EXIT_OK = 0, EXIT_GARBAGE = 2, EXIT_REFUSED = 3, EXIT_FATAL = 4 };

const size_t MOST_WAITING = 64;

struct Job {
    Request              request;
    std::vector<uint8_t> sound;
};

struct Shared {
    std::mutex              mutex;
    std::condition_variable changed;
    std::deque<Job>         jobs;
    int64_t                 current = -1;
    std::atomic<bool>       stop { false };
} shared;

void answer(const std::string & json) {
    if (!write_frame(json)) {
        leave(EXIT_OK);
    }
}

void cancel(int64_t id) {
    std::lock_guard<std::mutex> lock(shared.mutex);
    if (shared.current == id) {
        shared.stop = true;
        return;
    }
    for (auto it = shared.jobs.begin(); it != shared.jobs.end(); ++it) {
        if (it->request.kind == RequestKind::transcribe && it->request.id == id) {
            shared.jobs.erase(it);
            answer(error_json(id, "cancelled", "cancelled"));
            return;
        }
    }
}

// Runs on its own thread so that cancel, close and the end of the input are heard while the model works.
void listen() {
    Frame frame;
    for (;;) {
        const ReadResult read = read_frame(frame);
        if (read != ReadResult::frame) {
            leave(read == ReadResult::end ? EXIT_OK : EXIT_GARBAGE);
        }
        Request request = parse_request(frame.header);
        switch (request.kind) {
            case RequestKind::close:
                leave(EXIT_OK);
            case RequestKind::cancel:
                cancel(request.id);
                break;
            case RequestKind::forget:
            case RequestKind::transcribe: {
                std::unique_lock<std::mutex> lock(shared.mutex);
                if (shared.jobs.size() >= MOST_WAITING) {
                    lock.unlock();
                    answer(error_json(request.id, "bad-request", "too many requests wait"));
                    break;
                }
                shared.jobs.push_back({ std::move(request), std::move(frame.payload) });
                shared.changed.notify_one();
                break;
            }
            case RequestKind::hello:
                answer(error_json(-1, "bad-request", "hello comes once"));
                break;
            case RequestKind::invalid:
                answer(error_json(request.id, "bad-request", request.problem));
                break;
        }
    }
}

void work(Speech & speech) {
    for (;;) {
        Job job;
        {
            std::unique_lock<std::mutex> lock(shared.mutex);
            shared.current = -1;
            shared.changed.wait(lock, [] { return !shared.jobs.empty(); });
            job = std::move(shared.jobs.front());
            shared.jobs.pop_front();
            shared.current = job.request.id;
            shared.stop    = false;
        }
        if (job.request.kind == RequestKind::forget) {
            speech.forget(job.request.state);
            continue;
        }
        const int64_t id = job.request.id;
        try {
            int last = -1;
            const auto on_progress = [&](int percent) {
                if (percent > last) {
                    last = percent;
                    answer(progress_json(id, percent));
                }
            };
            answer(result_json(speech.transcribe(job.request, job.sound, shared.stop, on_progress)));
        } catch (const SpeechError & error) {
            const bool fatal = error.code == "fatal";
            answer(error_json(id, fatal ? "failed" : error.code, error.what()));
            if (fatal) {
                leave(EXIT_FATAL);
            }
        } catch (const std::exception & error) {
            // Out of memory, most likely: nothing in here can be trusted any more.
            answer(error_json(id, "failed", error.what()));
            leave(EXIT_FATAL);
        }
    }
}

void log_line(ggml_log_level level, const char * text, void *) {
    // Said whenever we stop a run before its encoder, on purpose.
    if (strstr(text, "encoder_begin_callback returned false")) {
        return;
    }
    if (level == GGML_LOG_LEVEL_ERROR || level == GGML_LOG_LEVEL_WARN) {
        fputs(text, stderr);
    }
}

// In packages the CPU variants and GPU backends are files beside the program, and only there: the library's own search would
// also look into the current folder. In a build for this machine they are part of the program.
void load_backends(const std::string & program) {
#ifdef VIGIE_BACKEND_DL
    const size_t slash = program.find_last_of("/\\");
    ggml_backend_load_all_from_path(slash == std::string::npos ? "." : program.substr(0, slash).c_str());
#else
    (void) program;
#endif
}

} // namespace

int main(int argc, char ** argv) {
    claim_output();
    whisper_log_set(log_line, nullptr);
    parakeet_log_set(log_line, nullptr);
    ggml_log_set(log_line, nullptr);
    load_backends(argc > 0 ? argv[0] : "");

    Frame frame;
    const ReadResult read = read_frame(frame);
    if (read != ReadResult::frame) {
        leave(read == ReadResult::end ? EXIT_OK : EXIT_GARBAGE);
    }
    const Request hello = parse_request(frame.header);
    if (hello.kind != RequestKind::hello) {
        answer(error_json(-1, "bad-request", "hello comes first"));
        leave(EXIT_REFUSED);
    }
    if (hello.protocol != PROTOCOL_VERSION) {
        answer(error_json(-1, "version", "this worker speaks protocol " + std::to_string(PROTOCOL_VERSION)));
        leave(EXIT_REFUSED);
    }
    std::unique_ptr<Speech> speech;
    try {
        speech.reset(new Speech(hello));
    } catch (const SpeechError & error) {
        answer(error_json(-1, error.code, error.what()));
        leave(EXIT_REFUSED);
    } catch (const std::exception & error) {
        answer(error_json(-1, "failed", error.what()));
        leave(EXIT_FATAL);
    }
    answer(ready_json(speech->ready()));
    std::thread(listen).detach();
    work(*speech);
}
