// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/WindowMemory.h"

#include <QLineEdit>
#include <QMainWindow>
#include <QSettings>
#include <QSplitter>

namespace rateguard::WindowMemory {
namespace {

QString splitterKey(const QSplitter *splitter)
{
    return QStringLiteral("window/") + splitter->objectName();
}

QList<QSplitter *> named(const QMainWindow &window)
{
    QList<QSplitter *> splitters = window.findChildren<QSplitter *>();
    splitters.removeIf([](const QSplitter *splitter) { return splitter->objectName().isEmpty(); });
    return splitters;
}

QLineEdit *filterOf(const QMainWindow &window)
{
    return window.findChild<QLineEdit *>(QStringLiteral("filter"));
}

} // namespace

void save(const QMainWindow &window)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), window.saveGeometry());
    for (const QSplitter *splitter : named(window))
        settings.setValue(splitterKey(splitter), splitter->saveState());
    if (const QLineEdit *filter = filterOf(window))
        settings.setValue(QStringLiteral("window/filter"), filter->text());
}

bool restore(QMainWindow &window)
{
    return window.restoreGeometry(QSettings().value(QStringLiteral("window/geometry")).toByteArray());
}

void arrange(QMainWindow &window)
{
    const QSettings settings;
    for (QSplitter *splitter : named(window))
        splitter->restoreState(settings.value(splitterKey(splitter)).toByteArray());
    if (QLineEdit *filter = filterOf(window))
        filter->setText(settings.value(QStringLiteral("window/filter")).toString());
}

} // namespace rateguard::WindowMemory
