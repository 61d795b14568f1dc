// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Command.h"
#include "demo/QuitOnSignal.h"

#include <QCoreApplication>
#include <QTimer>

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc); // as bytes: a key may be anything
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("rateguardctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RATEGUARD_VERSION));
    auto exit = rateguard::Exit::Ok;
    QString error;
    const auto options = rateguard::parseOptions(arguments, &exit, &error);
    if (!options) {
        if (!error.isEmpty()) {
            rateguard::printError(error);
        }
        return static_cast<int>(exit);
    }
    const rateguard::QuitOnSignal signal;
    const auto command = rateguard::makeCommand(*options);
    QObject::connect(command.get(), &rateguard::Command::done, &application, [](rateguard::Exit code) { QCoreApplication::exit(static_cast<int>(code)); }, Qt::QueuedConnection);
    QObject::connect(&signal, &rateguard::QuitOnSignal::caught, command.get(), &rateguard::Command::interrupt);
    QTimer::singleShot(0, command.get(), &rateguard::Command::start);
    return QCoreApplication::exec();
}
