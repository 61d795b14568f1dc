// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Command.h"

#include "ctl/AclCommand.h"
#include "ctl/CheckCommand.h"
#include "ctl/HistoryCommand.h"
#include "ctl/InitCommand.h"
#include "ctl/ListCommand.h"
#include "ctl/OverrideCommand.h"
#include "ctl/OverridesCommand.h"
#include "ctl/PeekCommand.h"
#include "ctl/ResetCommand.h"
#include "ctl/SetCommand.h"
#include "ctl/SimulateCommand.h"
#include "ctl/TrafficCommand.h"
#include "ctl/UndoCommand.h"
#include "ctl/WatchCommand.h"
#include "format/Text.h"

#include <QJsonDocument>

#include <cstdio>
#include <map>
#include <utility>

namespace rateguard {

void printLine(const QString &line)
{
    const auto bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printLine(const QJsonObject &object)
{
    printLine(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void printLine(const QJsonArray &array)
{
    printLine(QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)));
}

void printError(const QString &text)
{
    // Names in it may have been made printable before; their backslashes are not to be spelled out once more.
    const auto plain = displayText(text.toStdString(), 2000).replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
    std::fprintf(stderr, "rateguardctl: %s\n", plain.toUtf8().constData());
}

Command::Command(const Options &options)
    : m_options(options)
{
}

void Command::fail(Exit exit, const QString &text)
{
    if (!std::exchange(m_ended, true)) {
        printError(text);
        emit done(exit);
    }
}

namespace {

template <typename T>
std::unique_ptr<Command> make(const Options &options)
{
    return std::make_unique<T>(options);
}

} // namespace

std::unique_ptr<Command> makeCommand(const Options &options)
{
    static const std::map<std::string_view, std::unique_ptr<Command> (*)(const Options &)> commands {
        {"limits list", make<ListCommand>},
        {"limits set", make<SetCommand>},
        {"limits unset", make<SetCommand>},
        {"limits undo", make<UndoCommand>},
        {"limits history", make<HistoryCommand>},
        {"overrides", make<OverridesCommand>},
        {"ban", make<OverrideCommand>},
        {"exempt", make<OverrideCommand>},
        {"override", make<OverrideCommand>},
        {"lift", make<OverrideCommand>},
        {"peek", make<PeekCommand>},
        {"reset", make<ResetCommand>},
        {"check", make<CheckCommand>},
        {"traffic", make<TrafficCommand>},
        {"watch", make<WatchCommand>},
        {"simulate", make<SimulateCommand>},
        {"init", make<InitCommand>},
        {"acl print", make<AclCommand>},
    };
    return commands.at(options.command())(options);
}

} // namespace rateguard
