// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Page.h"

#include <QCoreApplication>

namespace rateguard {

QString pageName(Page page)
{
    static constexpr std::array names {"overview", "keys", "details", "limits", "history", "alerts"};
    return QLatin1String(names.at(static_cast<std::size_t>(page)));
}

QString pageTitle(Page page)
{
    static constexpr std::array titles {QT_TRANSLATE_NOOP("rateguard::Page", "Overview"), QT_TRANSLATE_NOOP("rateguard::Page", "Keys"),
                                        QT_TRANSLATE_NOOP("rateguard::Page", "Details"),  QT_TRANSLATE_NOOP("rateguard::Page", "Limits"),
                                        QT_TRANSLATE_NOOP("rateguard::Page", "History"),  QT_TRANSLATE_NOOP("rateguard::Page", "Alerts")};
    return QCoreApplication::translate("rateguard::Page", titles.at(static_cast<std::size_t>(page)));
}

std::optional<Page> pageNamed(const QString &name)
{
    for (const Page page : allPages) {
        if (pageName(page) == name)
            return page;
    }
    return std::nullopt;
}

} // namespace rateguard
