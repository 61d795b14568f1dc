// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/Text.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace rateguard {
namespace {

struct CodePoint
{
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid = true;
};

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The code point at the start of `bytes`, by Unicode's table 3-7: no overlong forms, no surrogates.
CodePoint decode(std::string_view bytes)
{
    const auto lead = static_cast<unsigned char>(bytes.front());
    if (lead < 0x80)
        return {lead, 1, true};
    const CodePoint bad {lead, 1, false};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length)
        return bad;
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!isContinuation(bytes[i]))
            return bad;
        value = (value << 6U) | (static_cast<unsigned char>(bytes[i]) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return bad;
    return {value, length, true};
}

// Letters and marks that draw nothing although Unicode does not call them format characters.
bool isBlank(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180F) || c == 0x034F
        || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
}

bool isMark(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining || category == QChar::Mark_Enclosing;
}

bool isVisible(char32_t c)
{
    if (isBlank(c))
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return c == U' ';
    default:
        return true;
    }
}

QString escaped(const CodePoint &c)
{
    switch (c.value) {
    case U'\n': return QStringLiteral("\\n");
    case U'\r': return QStringLiteral("\\r");
    case U'\t': return QStringLiteral("\\t");
    default: break;
    }
    const QString hex = QString::number(static_cast<uint>(c.value), 16).toUpper();
    if (!c.valid || c.value < 0x80)
        return QStringLiteral("\\x") + hex.rightJustified(2, QLatin1Char('0'));
    return QStringLiteral("\\u{") + hex + QLatin1Char('}');
}

// Whether a real backslash before this byte could be read as one of our escapes; it is doubled then.
bool isMisleading(char next)
{
    constexpr std::string_view escapes = "xunrt\\";
    return next < 0x20 || next > 0x7E || escapes.find(next) != std::string_view::npos;
}

// Spells one code point after the other; remembers how many marks the last base carries.
class Speller
{
public:
    QString spell(const CodePoint &c, std::string_view rest)
    {
        const bool mark = c.valid && isMark(c.value);
        if (!c.valid || !isVisible(c.value) || (mark && m_marks >= 2)) {
            m_marks = 2; // nothing may pile up on an escape
            return escaped(c);
        }
        m_marks = mark ? m_marks + 1 : 0;
        if (c.value == U'\\' && !rest.empty() && isMisleading(rest.front()))
            return QStringLiteral("\\\\");
        return QString::fromUcs4(&c.value, 1);
    }

private:
    int m_marks = 2;
};

int codePoints(const QString &text)
{
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); }));
}

struct Piece
{
    QString text;
    int length = 0;
    std::size_t end = 0; // offset behind it
};

// The pieces of `bytes` from `from` on, until they are longer than `enough`.
std::vector<Piece> pieces(std::string_view bytes, std::size_t from, int enough)
{
    std::vector<Piece> result;
    Speller speller;
    int length = 0;
    while (from < bytes.size() && length <= enough) {
        const CodePoint c = decode(bytes.substr(from));
        from += c.bytes;
        const QString text = speller.spell(c, bytes.substr(from));
        result.push_back({text, codePoints(text), from});
        length += result.back().length;
    }
    return result;
}

int lengthOf(const std::vector<Piece> &list)
{
    int sum = 0;
    for (const Piece &piece : list)
        sum += piece.length;
    return sum;
}

} // namespace

QString displayText(std::string_view bytes, int maxCodePoints)
{
    const int most = std::max(maxCodePoints, 4);
    std::vector<Piece> head = pieces(bytes, 0, most);
    QString text;
    if (lengthOf(head) <= most && (head.empty() || head.back().end == bytes.size())) {
        for (const Piece &piece : head)
            text += piece.text;
        return text;
    }

    const int tailLength = (most - 1) / 3;
    const int headLength = most - 1 - tailLength;
    std::size_t headEnd = 0;
    int length = 0;
    for (const Piece &piece : head) {
        if (length + piece.length > headLength)
            break;
        text += piece.text;
        length += piece.length;
        headEnd = piece.end;
    }
    text += QChar(0x2026);

    // Four bytes make at least one code point on screen, so the tail lies within these.
    const auto reach = static_cast<std::size_t>(tailLength) * 4;
    std::size_t start = std::max(headEnd, bytes.size() > reach ? bytes.size() - reach : 0);
    for (int i = 0; i < 3 && start > headEnd && start < bytes.size() && isContinuation(bytes[start]); ++i)
        ++start;
    const std::vector<Piece> tail = pieces(bytes, start, tailLength * 40);
    int rest = lengthOf(tail);
    for (const Piece &piece : tail) {
        if (rest <= tailLength)
            text += piece.text;
        rest -= piece.length;
    }
    return text;
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<span style=\"white-space:pre-wrap\">") + text.toHtmlEscaped() + QStringLiteral("</span>");
}

} // namespace rateguard
