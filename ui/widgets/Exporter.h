// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "format/ExportFile.h"
#include "models/KeyExport.h"

#include <QObject>

class QWidget;

namespace rateguard {

class Dashboard;
class KeyPanel;

// Takes what is on screen out of the window: keys as filtered and sorted, charts as drawn, into a file or the clipboard.
// Asks where to without stopping the window; what is written is what is shown when the answer comes. Keys come from the feed
// in pieces and go straight into the file, so that a million of them need no memory; the window goes on meanwhile.
class Exporter : public QObject
{
    Q_OBJECT

public:
    Exporter(const Dashboard &dashboard, QWidget *window);

    void ask();
    void copySelected();
    void save(const QString &path); // its suffix says how: .csv, .jsonl, .png or .svg

signals:
    void done(const QString &what);
    void refused(const QString &why);

private:
    void begin(std::unique_ptr<ExportFile> file, bool asJson); // nullptr: what is selected, to the clipboard
    void add(const std::vector<KeyEntry> &rows);
    void finish();
    void lose();
    void fail(const QString &text);
    static QString counted(std::size_t rows);

    const Dashboard &m_dashboard;
    KeyPanel &m_keys;
    QWidget *m_window;
    // What is being taken:
    std::unique_ptr<ExportFile> m_file; // null: it is for the clipboard
    QByteArray m_copied;
    bool m_asJson = false;
    std::size_t m_rows = 0;
};

} // namespace rateguard
