// The program as a person runs it: words in, output and exit status out.
#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/exit_codes.h"
#include "tests/golden.h"

namespace rackrace {

struct Ran {
    ExitCode code;
    std::string out, err;
};

/// Writes the file whole, with the folders above it.
inline void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// Runs the program in `folder`; `words` go through the shell, so `<file` gives it standard input.
inline Ran rackrace_in(const std::filesystem::path& folder, const std::string& words, const std::string& environment = "") {
    const std::filesystem::path err = folder / ".err";
    const std::string command = "cd '" + folder.string() + "' && " + environment + " '" RACKRACE_PROGRAM "' " + words + " 2>'" + err.string() + "'";
    std::FILE* pipe = popen(command.c_str(), "r");
    Ran out;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.out.append(buffer.data(), n);
    const int status = pclose(pipe);
    out.code = static_cast<ExitCode>(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    out.err = read_text(err);
    std::filesystem::remove(err);
    return out;
}

}  // namespace rackrace
