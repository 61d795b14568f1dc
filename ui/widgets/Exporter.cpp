// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Exporter.h"

#include "charts/ChartPicture.h"
#include "format/Numbers.h"
#include "models/ExportFile.h"
#include "widgets/KeyPanel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>

namespace rateguard {
namespace {

const QString csv = QStringLiteral("csv");
const QString jsonLines = QStringLiteral("jsonl");
const QString png = QStringLiteral("png");

QString suffixIn(const QString &filter) // "… (*.csv)"
{
    return filter.section(QStringLiteral("*."), 1).chopped(1);
}

} // namespace

Exporter::Exporter(const KeyPanel &keys, QWidget &charts, QWidget *window)
    : QObject(window), m_keys(keys), m_charts(charts), m_window(window)
{
}

void Exporter::ask()
{
    auto *dialog = new QFileDialog(m_window, tr("Export what is on screen"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({tr("Keys for spreadsheets (*.csv)"), tr("Keys as JSON lines (*.jsonl)"), tr("Charts as a picture (*.png)")});
    dialog->setDefaultSuffix(csv);
    dialog->selectFile(QStringLiteral("rateguard.csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) { dialog->setDefaultSuffix(suffixIn(filter)); });
    connect(dialog, &QFileDialog::fileSelected, this, &Exporter::save);
    dialog->open();
}

void Exporter::save(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    QString what;
    if (suffix == png) {
        bytes = chartsAsPng(m_charts);
        what = tr("The charts");
    } else if (suffix == csv || suffix == jsonLines) {
        const KeyRows rows = m_keys.rows();
        bytes = suffix == csv ? keysAsCsv(rows) : keysAsJsonLines(rows);
        what = rows.size() == 1 ? tr("1 key") : tr("%1 keys").arg(formatCount(rows.size()));
    } else {
        return fail(tr("%1 was not written: its name does not say what it is to hold. End it with .csv or .jsonl for keys, "
                       "with .png for charts.").arg(path));
    }
    const QString error = writeExport(path, bytes);
    if (error.isEmpty())
        emit done(tr("✓ %1 written to %2").arg(what, path));
    else
        fail(error);
}

void Exporter::copySelected()
{
    const KeyRows rows = m_keys.selectedRows();
    if (rows.empty())
        return emit done(tr("No key is selected, so nothing was copied"));
    QGuiApplication::clipboard()->setText(QString::fromUtf8(keysAsTsv(rows)));
    emit done(rows.size() == 1 ? tr("✓ 1 key copied") : tr("✓ %1 keys copied").arg(formatCount(rows.size())));
}

void Exporter::fail(const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Export"), text, QMessageBox::Ok, m_window);
    box->setObjectName(QStringLiteral("exportError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText); // a path is anybody's
    box->open();
}

} // namespace rateguard
