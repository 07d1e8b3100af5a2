#include "viz/window/png_file.h"

#include <png.h>

#include <cstdio>

namespace rackrace {
namespace {

/// The library leaves by longjmp where it fails: nothing in here has a destructor.
bool write_rows(std::FILE* out, const Image& image, png_text* texts, int text_count) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    if (info == nullptr || setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, out);
    png_set_IHDR(png, info, static_cast<png_uint_32>(image.width), static_cast<png_uint_32>(image.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_text(png, info, texts, text_count);
    png_write_info(png, info);
    for (int row = 0; row < image.height; ++row)
        png_write_row(png, image.rgb.data() + 3UL * static_cast<unsigned long>(row) * static_cast<unsigned long>(image.width));
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return true;
}

}  // namespace

Refusals write_png(const Image& image, const std::filesystem::path& file, const std::vector<std::pair<std::string, std::string>>& texts) {
    const Refusal refusal{file.string(), 0, 0, "cannot be written", "check the folder and the room on the disk"};
    std::vector<png_text> chunks;
    for (const auto& [key, text] : texts) {
        png_text chunk{};
        chunk.compression = PNG_TEXT_COMPRESSION_NONE;
        chunk.key = const_cast<char*>(key.c_str());  // the library reads them only
        chunk.text = const_cast<char*>(text.c_str());
        chunk.text_length = text.size();
        chunks.push_back(chunk);
    }
    std::FILE* out = std::fopen(file.c_str(), "wb");
    if (out == nullptr) return refusal;
    const bool is_written = write_rows(out, image, chunks.data(), static_cast<int>(chunks.size()));
    if (std::fclose(out) != 0 || !is_written) return refusal;
    return {};
}

}  // namespace rackrace
