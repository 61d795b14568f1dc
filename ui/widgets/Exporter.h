// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

class QWidget;

namespace rateguard {

class KeyPanel;

// Takes what is on screen out of the window: keys as filtered and sorted, charts as drawn, into a file or the clipboard.
// Asks where to without stopping the window; what is written is what is shown when the answer comes.
class Exporter : public QObject
{
    Q_OBJECT

public:
    Exporter(const KeyPanel &keys, QWidget &charts, QWidget *window);

    void ask();
    void copySelected();
    void save(const QString &path); // its suffix says how: .csv, .jsonl or .png

signals:
    void done(const QString &what);

private:
    void fail(const QString &text);

    const KeyPanel &m_keys;
    QWidget &m_charts;
    QWidget *m_window;
};

} // namespace rateguard
