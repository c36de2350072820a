#include "Print.hpp"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <numbers>
#include <set>
#include <stdexcept>

#include "Fonts.hpp"

namespace winnow::picture {

namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Deleter<cairo_surface_destroy>>;
using Drawing = std::unique_ptr<cairo_t, Deleter<cairo_destroy>>;

constexpr double kPointsPerPixel = 0.75;
constexpr double kLargest = 32000;  // cairo's images end at 32,767 pixels

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

/// What FreeType knows of one weight. cairo caches fonts beyond the drawing, so it says when nobody needs this any
/// more.
struct LoadedFace {
  FT_Library library = nullptr;
  FT_Face face = nullptr;

  static void release(void* self) {
    auto* loaded = static_cast<LoadedFace*>(self);
    FT_Done_Face(loaded->face);
    FT_Done_FreeType(loaded->library);
    delete loaded;
  }
};

/// One weight of the font.
class Font {
 public:
  explicit Font(Weight weight) {
    static constexpr cairo_user_data_key_t kKey{};
    auto loaded = std::make_unique<LoadedFace>();
    const FontFile file = fontFile(weight);
    if (FT_Init_FreeType(&loaded->library) != 0) throw std::runtime_error("FreeType cannot be started");
    if (FT_New_Memory_Face(loaded->library, file.data, static_cast<FT_Long>(file.size), 0, &loaded->face) != 0) {
      FT_Done_FreeType(loaded->library);
      throw std::runtime_error("the embedded font cannot be read");
    }
    face_ = loaded->face;
    cairo_ = cairo_ft_font_face_create_for_ft_face(face_, FT_LOAD_NO_HINTING);
    check(cairo_font_face_set_user_data(cairo_, &kKey, loaded.release(), LoadedFace::release));
  }
  ~Font() { cairo_font_face_destroy(cairo_); }
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;

  cairo_font_face_t* face() const noexcept { return cairo_; }
  /// 0: the font has none.
  unsigned long glyph(char32_t c) const noexcept { return FT_Get_Char_Index(face_, c); }
  double advance(unsigned long glyph, double size) const {
    if (FT_Load_Glyph(face_, static_cast<FT_UInt>(glyph), FT_LOAD_NO_SCALE) != 0) return 0;
    return static_cast<double>(face_->glyph->advance.x) * size / face_->units_per_EM;
  }

 private:
  FT_Face face_ = nullptr;
  cairo_font_face_t* cairo_ = nullptr;
};

/// From right to left, or letters whose form depends on their neighbours: drawn sign by sign they would be wrong.
bool needsShaping(char32_t c) {
  return (c >= 0x590 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) || (c >= 0x1A00 && c <= 0x1CFF) ||
         (c >= 0xA980 && c <= 0xABFF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
}

/// Takes no room and needs no glyph: joiners, marks of direction, variation selectors.
bool isInvisible(char32_t c) { return (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xAD; }

void appendUtf8(std::string& out, char32_t c) {
  const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800)
    byte(0xC0 | c >> 6);
  else if (c < 0x10000)
    byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F));
  else
    byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F));
  byte(0x80 | (c & 0x3F));
}

class Printer {
 public:
  explicit Printer(cairo_t* cr) : cr_(cr), regular_(Weight::Regular), bold_(Weight::Bold) {
    std::unique_ptr<cairo_font_options_t, Deleter<cairo_font_options_destroy>> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cr_, options.get());
  }

  void background(const Page& page) {
    colour("#ffffff");
    cairo_rectangle(cr_, 0, 0, page.width, page.height);
    cairo_fill(cr_);
  }
  std::vector<std::string> unprintable() const {
    std::vector<std::string> list;
    for (const char32_t c : unprintable_) appendUtf8(list.emplace_back(), c);
    return list;
  }

  void operator()(const shape::Rectangle& r) {
    const double radius = std::min({r.radius, r.rect.width / 2, r.rect.height / 2});
    if (radius <= 0) {
      cairo_rectangle(cr_, r.rect.x, r.rect.y, r.rect.width, r.rect.height);
    } else {
      constexpr double kQuarter = std::numbers::pi / 2;
      cairo_new_sub_path(cr_);
      cairo_arc(cr_, r.rect.right() - radius, r.rect.y + radius, radius, -kQuarter, 0);
      cairo_arc(cr_, r.rect.right() - radius, r.rect.bottom() - radius, radius, 0, kQuarter);
      cairo_arc(cr_, r.rect.x + radius, r.rect.bottom() - radius, radius, kQuarter, 2 * kQuarter);
      cairo_arc(cr_, r.rect.x + radius, r.rect.y + radius, radius, 2 * kQuarter, 3 * kQuarter);
      cairo_close_path(cr_);
    }
    paint(r.paint);
  }
  void operator()(const shape::Path& path) {
    trace(path.commands);
    paint(path.paint);
  }
  void operator()(const shape::Text& text) {
    const Font& font = text.weight == Weight::Bold ? bold_ : regular_;
    cairo_save(cr_);
    cairo_set_font_face(cr_, font.face());
    cairo_set_font_size(cr_, text.size);
    colour(text.fill);
    if (text.turn != 0) {
      const Point at = text.lines[0].at;
      cairo_translate(cr_, at.x, at.y);
      cairo_rotate(cr_, text.turn * std::numbers::pi / 180);
      cairo_translate(cr_, -at.x, -at.y);
    }
    for (const TextLine& line : text.lines) write(line, font, text);
    cairo_restore(cr_);
  }
  void operator()(const shape::GroupBegin&) {}
  void operator()(const shape::GroupEnd&) {}
  void operator()(const shape::LinkBegin& link) {
    // Anchors and relative paths lead nowhere from a file that stands alone.
    const bool isAddress = link.target.find(':') != std::string::npos && link.target.find('\'') == std::string::npos;
    openLinks_.push_back(isAddress);
    if (isAddress) cairo_tag_begin(cr_, CAIRO_TAG_LINK, ("uri='" + link.target + "'").c_str());
  }
  void operator()(const shape::LinkEnd&) {
    if (openLinks_.back()) cairo_tag_end(cr_, CAIRO_TAG_LINK);
    openLinks_.pop_back();
  }

 private:
  void colour(const std::string& hex) {
    const auto part = [&](std::size_t at) {
      unsigned value = 0;
      std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
      return value / 255.0;
    };
    cairo_set_source_rgb(cr_, part(1), part(3), part(5));
  }

  void paint(const shape::Paint& paint) {
    if (paint.fill != "none") {
      colour(paint.fill);
      cairo_fill_preserve(cr_);
    }
    if (paint.stroke != "none") {
      colour(paint.stroke);
      cairo_set_line_width(cr_, paint.strokeWidth);
      cairo_set_dash(cr_, &paint.dash, paint.dash > 0 ? 1 : 0, 0);
      cairo_stroke_preserve(cr_);
    }
    cairo_new_path(cr_);
  }

  /// The commands that Scene::path promises.
  void trace(const std::string& commands) {
    const char *at = commands.data(), *end = at + commands.size();
    const auto number = [&] {
      while (at != end && (*at == ' ' || *at == ',')) ++at;
      double value = 0;
      const auto [next, error] = std::from_chars(at, end, value);
      if (error != std::errc()) throw std::logic_error("a path with a number missing: " + commands);
      at = next;
      return value;
    };
    while (at != end) {
      const char command = *at++;
      double x = 0, y = 0;
      if (cairo_has_current_point(cr_)) cairo_get_current_point(cr_, &x, &y);
      if (command == ' ') continue;
      if (command == 'Z') {
        cairo_close_path(cr_);
      } else if (command == 'M' || command == 'L') {
        x = number(), y = number();
        command == 'M' ? cairo_move_to(cr_, x, y) : cairo_line_to(cr_, x, y);
      } else if (command == 'H') {
        cairo_line_to(cr_, number(), y);
      } else if (command == 'V') {
        cairo_line_to(cr_, x, number());
      } else if (command == 'C') {
        double c[6];
        for (double& value : c) value = number();
        cairo_curve_to(cr_, c[0], c[1], c[2], c[3], c[4], c[5]);
      } else {
        throw std::logic_error("a path with an unknown command: " + commands);
      }
    }
  }

  void write(const TextLine& line, const Font& font, const shape::Text& text) {
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    double width = 0;
    std::string_view rest = line.text;
    while (!rest.empty()) {
      const CodePoint next = firstCodePoint(rest);
      rest.remove_prefix(next.size);
      const bool isDrawn = !isInvisible(next.value);
      const unsigned long glyph = needsShaping(next.value) ? 0 : font.glyph(next.value);
      if (isDrawn) {
        if (glyph == 0) unprintable_.insert(next.value);
        glyphs.push_back({glyph, line.at.x + width, line.at.y});
        width += font.advance(glyph, text.size);
      }
      clusters.push_back({static_cast<int>(next.size), isDrawn ? 1 : 0});
    }
    const double shift = text.anchor == Anchor::Start ? 0 : text.anchor == Anchor::Middle ? width / 2 : width;
    for (cairo_glyph_t& glyph : glyphs) glyph.x -= shift;
    cairo_show_text_glyphs(cr_, line.text.data(), static_cast<int>(line.text.size()), glyphs.data(),
                           static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()), {});
  }

  cairo_t* cr_;
  Font regular_, bold_;
  std::set<char32_t> unprintable_;
  std::vector<bool> openLinks_;
};

cairo_status_t append(void* to, const unsigned char* data, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

/// Draws the scene, scaled; gives what cannot be shown.
std::vector<std::string> draw(const Scene& scene, const Page& page, cairo_surface_t* surface, double scale) {
  const Drawing cr(cairo_create(surface));
  Printer printer(cr.get());
  cairo_scale(cr.get(), scale, scale);
  printer.background(page);
  for (const shape::Any& one : scene.shapes()) std::visit(printer, one);
  check(cairo_status(cr.get()));
  cairo_surface_flush(surface);
  return printer.unprintable();
}

void appendBigEndian(std::string& out, unsigned long value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

/// Says how large the picture is on paper, which cairo leaves out: the chunk pHYs (PNG 1.2, 11.3.5.3) behind IHDR.
void insertResolution(std::string& png, double dpi) {
  constexpr std::size_t kBehindHeader = 8 + 25;
  const auto perMetre = static_cast<unsigned long>(dpi / 0.0254 + 0.5);
  std::string chunk = "pHYs";
  appendBigEndian(chunk, perMetre);
  appendBigEndian(chunk, perMetre);
  chunk += '\1';
  std::string whole;
  appendBigEndian(whole, 9);
  whole += chunk;
  appendBigEndian(whole,
                  crc32(0, reinterpret_cast<const unsigned char*>(chunk.data()), static_cast<uInt>(chunk.size())));
  png.insert(kBehindHeader, whole);
}

}  // namespace

Printed pdf(const Scene& scene, const Page& page) {
  Printed out;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &out.bytes, page.width * kPointsPerPixel,
                                                            page.height * kPointsPerPixel));
  check(cairo_surface_status(surface.get()));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, page.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, page.description.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Winnow");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);  // otherwise: now
  out.unprintable = draw(scene, page, surface.get(), kPointsPerPixel);
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  return out;
}

Printed png(const Scene& scene, const Page& page, double dpi) {
  Printed out;
  const double scale = std::min(dpi / 96, kLargest / std::max(page.width, page.height));
  out.dpi = scale * 96;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(page.width * scale + 0.5),
                                                   static_cast<int>(page.height * scale + 0.5)));
  check(cairo_surface_status(surface.get()));
  out.unprintable = draw(scene, page, surface.get(), scale);
  check(cairo_surface_write_to_png_stream(surface.get(), append, &out.bytes));
  insertResolution(out.bytes, out.dpi);
  return out;
}

}  // namespace winnow::picture
