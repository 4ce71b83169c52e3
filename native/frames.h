// Frames of the speech protocol: see engine/transcribe/protocol/README.md, which is the reference.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct Frame {
    std::string header;            // JSON, UTF-8
    std::vector<uint8_t> payload;  // sound: s16le, 16 kHz, mono
};

enum class ReadResult { frame, end, garbage };

// Blocks until a whole frame is there. `end`: the other side closed the pipe. `garbage`: not a frame, or over the bounds.
ReadResult read_frame(Frame & frame);

// Writes one frame without payload. Thread-safe. False when the other side is gone.
bool write_frame(const std::string & header);
