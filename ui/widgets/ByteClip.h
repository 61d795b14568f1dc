// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <string>

namespace rateguard {

// Puts bytes on the clipboard, to be pasted where they are looked for: as text, and all of them as application/octet-stream.
// What is no text is spelled out in the text as it is shown, never changed unseen.
void copyBytes(const std::string &bytes);

} // namespace rateguard
