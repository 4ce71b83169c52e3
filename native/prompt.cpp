// The words of a glossary as tokens of the model.
#include "speech.h"

#include "whisper.h"

#include <algorithm>

Vocabulary::Vocabulary(whisper_context * context) {
    // Text tokens only. The library files its special tokens under readable names ("[_SOT_]"), which a prompt could spell.
    for (int32_t id = 0; id < whisper_token_eot(context); id++) {
        const std::string text = whisper_token_to_str(context, id);
        if (!text.empty() && tokens_.emplace(text, id).second) {
            longest_ = std::max(longest_, text.size());
        }
    }
}

// Longest piece first within each word, as the library does. Its own tokenizer splits words at every accented letter before it
// looks them up, so that half of the French words would never be found whole; and it logs every piece it does not know.
std::vector<int32_t> Vocabulary::tokens_of(const std::string & prompt, size_t most) const {
    std::vector<int32_t> tokens;
    const auto is_space = [](char c) { return c == ' ' || (c >= 0 && c < 32) || c == 127; };
    size_t at = 0;
    while (at < prompt.size() && tokens.size() < most) {
        if (is_space(prompt[at])) {
            at++;
            continue;
        }
        std::string word = " ";
        while (at < prompt.size() && !is_space(prompt[at])) {
            word += prompt[at++];
        }
        size_t from = 0;
        while (from < word.size() && tokens.size() < most) {
            size_t length = std::min(longest_, word.size() - from);
            auto   found  = tokens_.end();
            while (length > 0 && (found = tokens_.find(word.substr(from, length))) == tokens_.end()) {
                length--;
            }
            // A lone space is where an unknown word begins: it says nothing.
            if (length > 1 || (length == 1 && word[from] != ' ')) {
                tokens.push_back(found->second);
            }
            from += std::max<size_t>(1, length);
        }
    }
    return tokens;
}
