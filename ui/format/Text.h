// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QString>

#include <string_view>

namespace rateguard {

// Bytes of strangers as text for eyes. Always valid UTF-16 on one line; what is not a visible character is spelled out:
// invalid bytes and controls as \xHH, \n, \t; bidi controls, zero-width and odd spaces as \u{202E}; a third combining mark
// on one base, too. Different bytes give different text unless it is cut. Cut in the middle with '…' to about
// `maxCodePoints`; costs O(maxCodePoints), not O(size). Show the result as plain text.
QString displayText(std::string_view bytes, int maxCodePoints = 120);

// Text for a tool tip, which Qt would draw as HTML if it looked like it: spelled so that it is drawn as it stands.
QString plainToolTip(const QString &text);

} // namespace rateguard
