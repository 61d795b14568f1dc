// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/KeyMenu.h"

#include "format/Text.h"
#include "models/KeyExport.h"
#include "widgets/ByteClip.h"
#include "widgets/KeyColumns.h"

#include <QClipboard>
#include <QGuiApplication>

namespace rateguard {

KeyMenu::KeyMenu(const KeyEntry &entry, bool isFollowed, KeyColumns *columns, QWidget *parent) : QMenu(parent)
{
    setObjectName(QStringLiteral("keyMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QString policy = displayText(entry.policy, 40);
    const QString row = QString::fromUtf8(keysAsTsv({&entry}));
    connect(addAction(tr("Details")), &QAction::triggered, this, &KeyMenu::detailsChosen);
    connect(addAction(tr("Edit the limit of %1").arg(policy)), &QAction::triggered, this, &KeyMenu::policyChosen);
    connect(addAction(tr("Show only %1").arg(policy)), &QAction::triggered, this, &KeyMenu::onlyPolicyChosen);
    QAction *follow = addAction(tr("Follow this key"));
    follow->setCheckable(true);
    follow->setChecked(isFollowed);
    connect(follow, &QAction::toggled, this, &KeyMenu::followed);
    addSeparator();
    connect(addAction(tr("Copy key")), &QAction::triggered, this, [key = entry.key] { copyBytes(key); });
    connect(addAction(tr("Copy row")), &QAction::triggered, this, [row] { QGuiApplication::clipboard()->setText(row); });
    addSeparator();
    columns->addTo(addMenu(tr("Columns")));
}

} // namespace rateguard
