// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Language.h"
#include "dashboard/Notifier.h"
#include "dashboard/Options.h"
#include "dashboard/Wiring.h"
#include "demo/QuitOnSignal.h"
#include "widgets/Dashboard.h"
#include "widgets/ScreenFit.h"

#include <QApplication>
#include <QIcon>
#include <QPixmap>

#include <cstdio>

namespace {

enum Exit { Ok = 0, NoScreenshot = 1, Usage = 2, NoDemo = 3, NoDisplay = 4 };

int fail(Exit exit, const QString &text)
{
    std::fprintf(stderr, "rateguard: %s\n", text.toLocal8Bit().constData());
    return exit;
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

void takeScreenshot(rateguard::MainWindow &window, const QString &file)
{
    const bool saved = window.grab().save(file, "PNG");
    QCoreApplication::exit(saved ? Ok : fail(NoScreenshot, QStringLiteral("the screenshot could not be written to '%1'; check the folder and its permissions").arg(file)));
}

void bringUp(rateguard::MainWindow &window, rateguard::Page page)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
    window.dashboard().showPage(page);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("rateguard"));
    QCoreApplication::setOrganizationName(QStringLiteral("rateguard"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RATEGUARD_VERSION));
    QString error;
    const auto options = [&] {
        const QCoreApplication early(argc, argv); // --help asks it for the program's name
        return rateguard::parseOptions(QCoreApplication::arguments(), &error);
    }();
    if (!options) {
        return fail(Usage, error);
    }
    if (!hasDisplay()) {
        if (options->screenshot.isEmpty()) {
            return fail(NoDisplay, QStringLiteral("there is no display here (DISPLAY and WAYLAND_DISPLAY are not set); use rateguardctl watch, or --screenshot FILE"));
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    rateguard::speak(options->language);
    QIcon icon;
    for (const auto *size : {"64", "128", "256"}) {
        icon.addFile(QStringLiteral(":/rateguard/icons/rateguard-%1.png").arg(QLatin1String(size)));
    }
    QApplication::setWindowIcon(icon);
    QApplication::setDesktopFileName(QStringLiteral("rateguard"));
    const rateguard::QuitOnSignal signal;
    QObject::connect(&signal, &rateguard::QuitOnSignal::caught, &application, &QCoreApplication::quit);

    rateguard::MainWindow window({options->readOnly, options->theme, options->place ? options->place->url : QString(), options->page, options->screenshot.isEmpty()});
    QObject::connect(&window, &rateguard::MainWindow::themeChanged, &window, &rateguard::rememberTheme);
    rateguard::Notifier notifier;
    if (options->screenshot.isEmpty()) {
        QObject::connect(&window, &rateguard::MainWindow::raised, &notifier, &rateguard::Notifier::tell);
        QObject::connect(&window, &rateguard::MainWindow::firingChanged, &notifier, &rateguard::Notifier::setFiring);
        QObject::connect(&notifier, &rateguard::Notifier::activated, &window, [&window] { bringUp(window, rateguard::Page::Alerts); });
    }
    rateguard::FeedOptions feed;
    feed.readOnly = options->readOnly;
    rateguard::Wiring wiring(window, feed);
    if (options->demo && !wiring.startDemo(&error)) {
        return fail(NoDemo, error);
    }
    if (options->place) {
        wiring.open(*options->place, options->password);
    }
    constexpr QSize usual(1440, 900);
    if (options->size || !options->screenshot.isEmpty()) {
        window.resize(options->size.value_or(usual)); // as was said, whatever the screen
    } else {
        if (!window.wasRestored())
            rateguard::ScreenFit::centre(window, usual);
        new rateguard::ScreenFit(&window);
    }
    window.show();
    if (!options->screenshot.isEmpty()) {
        QTimer::singleShot(options->after, &window, [&] { takeScreenshot(window, options->screenshot); });
    }
    return QApplication::exec();
}
