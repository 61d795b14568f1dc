// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/LinkText.h"

#include "format/Numbers.h"
#include "format/Text.h"

#include <QCoreApplication>
#include <QStringList>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LinkText)
};

QString stateText(const LinkStatus &link)
{
    switch (link.state) {
    case LinkState::Idle: return Words::tr("Not connected");
    case LinkState::Connecting: return Words::tr("Connecting");
    case LinkState::Live: return Words::tr("Live");
    case LinkState::Stale: return Words::tr("Not answering");
    case LinkState::Lost:
    {
        const QString lost = link.neverReached ? Words::tr("Not reached") : Words::tr("Lost");
        return link.retryIn.count() > 0 ? Words::tr("%1, trying again in %2 s").arg(lost).arg(std::chrono::ceil<std::chrono::seconds>(link.retryIn).count())
                                        : Words::tr("%1, trying again").arg(lost);
    }
    case LinkState::Refused: return Words::tr("Refused");
    }
    return {};
}

QString withDetail(const QString &sentence, const LinkStatus &link)
{
    return link.detail.empty() ? sentence : sentence + QLatin1Char(' ') + displayText(link.detail, 400);
}

} // namespace

QString linkSymbol(LinkState state)
{
    switch (state) {
    case LinkState::Idle: return QStringLiteral("○");
    case LinkState::Connecting: return QStringLiteral("◌");
    case LinkState::Live: return QStringLiteral("●");
    case LinkState::Stale:
    case LinkState::Lost: return QStringLiteral("▲");
    case LinkState::Refused: return QStringLiteral("■");
    }
    return {};
}

QString linkSummary(const LinkStatus &link)
{
    QStringList parts {stateText(link)};
    if (!link.endpoint.empty())
        parts << displayText(link.endpoint, 80);
    if (link.state == LinkState::Live) {
        if (!link.server.empty())
            parts << displayText(link.server, 40);
        if (link.roundTrip.count() > 0)
            parts << formatDuration(link.roundTrip);
    }
    return parts.join(QStringLiteral(" · "));
}

QString linkTrouble(const LinkStatus &link)
{
    const QString endpoint = displayText(link.endpoint, 80);
    switch (link.state) {
    case LinkState::Stale:
        return withDetail(Words::tr("%1 is connected but does not answer. What you see is from before.").arg(endpoint), link);
    case LinkState::Lost:
        if (link.neverReached)
            return withDetail(Words::tr("There is no connection to %1.").arg(endpoint), link);
        return withDetail(Words::tr("The connection to %1 is lost. What you see is from before.").arg(endpoint), link);
    case LinkState::Refused:
        return withDetail(Words::tr("%1 refused the connection.").arg(endpoint), link);
    case LinkState::Live: return displayText(link.detail, 400); // the connection is fine, the limits are not
    case LinkState::Idle:
    case LinkState::Connecting: break;
    }
    return {};
}

} // namespace rateguard
