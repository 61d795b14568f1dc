// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PlaceEditor.h"

#include "widgets/KeyHabits.h"
#include "widgets/LoginFields.h"
#include "widgets/PrimaryButton.h"
#include "widgets/TextLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace rateguard {
namespace {

TextLabel *noteUnder(const QString &name, QWidget *parent)
{
    auto *note = new TextLabel({}, Ink::Muted, parent);
    note->setObjectName(name);
    note->setScale(0.9);
    note->setWordWrap(true);
    return note;
}

void say(TextLabel *note, const QString &problem, const QString &otherwise)
{
    note->setText(problem.isEmpty() ? otherwise : problem);
    note->setInk(problem.isEmpty() ? Ink::Muted : Ink::Danger);
}

} // namespace

PlaceEditor::PlaceEditor(QWidget *parent)
    : Card(parent),
      m_title(new TextLabel({}, Ink::Normal, this)),
      m_name(new QLineEdit(this)),
      m_nameNote(noteUnder(QStringLiteral("placeNameNote"), this)),
      m_url(new QLineEdit(this)),
      m_urlNote(noteUnder(QStringLiteral("placeUrlNote"), this)),
      m_login(new LoginFields(this)),
      m_environment(new QComboBox(this)),
      m_readOnly(new QCheckBox(tr("Only watch: never write to it from here"), this)),
      m_save(new PrimaryButton(tr("Save"), this)),
      m_test(new QPushButton(tr("Test connection"), this))
{
    m_title->setScale(1.1, true);
    m_name->setObjectName(QStringLiteral("placeName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(60);
    m_url->setObjectName(QStringLiteral("placeUrl"));
    m_url->setAccessibleName(tr("Address"));
    m_login->setKeepable(true);
    m_environment->setObjectName(QStringLiteral("environmentCombo"));
    m_environment->setAccessibleName(tr("Environment"));
    for (const Environment environment : environments)
        m_environment->addItem(environment == Environment::Unmarked ? tr("Not marked") : environmentName(environment));
    // As in askingFor().
    m_environment->setToolTip(tr("Production asks before every edit, test and what is not marked before all but small ones, development before large ones; the window shows the mark all the time."));
    m_readOnly->setObjectName(QStringLiteral("readOnlyBox"));
    m_save->setObjectName(QStringLiteral("savePlaceButton"));
    m_test->setObjectName(QStringLiteral("testDraftButton"));
    arrange();
    for (QLineEdit *field : {m_name, m_url})
        connect(field, &QLineEdit::textChanged, this, &PlaceEditor::check);
    connect(m_save, &QPushButton::clicked, this, &PlaceEditor::submit);
    connect(m_test, &QPushButton::clicked, this, [this] { emit testRequested(draft(), m_login->password()); });
}

void PlaceEditor::arrange()
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelPlaceButton"));
    connect(cancel, &QPushButton::clicked, this, &PlaceEditor::cancelled);
    auto *marks = new QHBoxLayout;
    marks->setSpacing(12);
    marks->addWidget(m_environment);
    marks->addWidget(m_readOnly);
    marks->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    setTabOrder(m_readOnly, m_test);
    setTabOrder(m_test, cancel);
    setTabOrder(cancel, m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(3);
    const auto under = [&](const QString &title, QWidget *field, QWidget *note) {
        column->addWidget(new TextLabel(title, Ink::Muted, this));
        column->addWidget(field);
        if (note)
            column->addWidget(note);
        column->addSpacing(4);
    };
    column->addWidget(m_title);
    column->addSpacing(8);
    under(tr("Name"), m_name, m_nameNote);
    under(tr("Address"), m_url, m_urlNote);
    column->addWidget(m_login);
    column->addSpacing(4);
    column->addWidget(new TextLabel(tr("Environment"), Ink::Muted, this));
    column->addLayout(marks);
    column->addSpacing(12);
    column->addLayout(buttons);
}

void PlaceEditor::edit(const Place &place)
{
    m_place = place;
    m_title->setText(place.isSaved() ? tr("Edit connection") : tr("New connection"));
    m_name->setText(place.name);
    m_url->setText(place.url);
    m_login->show(place);
    m_environment->setCurrentIndex(static_cast<int>(place.environment));
    m_readOnly->setChecked(place.readOnly);
    check();
    m_name->setFocus();
    m_name->selectAll();
}

Place PlaceEditor::draft() const
{
    Place place = m_place;
    place.name = m_name->text().simplified();
    place.url = m_url->text().trimmed();
    place.environment = static_cast<Environment>(m_environment->currentIndex());
    place.readOnly = m_readOnly->isChecked();
    m_login->fill(place);
    return place;
}

QString PlaceEditor::nameProblem() const
{
    return m_takenNames.contains(m_name->text().simplified(), Qt::CaseInsensitive) ? tr("There is a connection of that name already.") : QString();
}

QString PlaceEditor::addressProblem() const
{
    const QString url = m_url->text().trimmed();
    if (url.isEmpty())
        return {};
    if (withoutSecret(url) != url)
        return tr("User and password go into the fields below, so that the password is saved in the keyring or not at all.");
    return m_addressProblem ? m_addressProblem(url) : QString();
}

void PlaceEditor::check()
{
    m_login->setSameAddress(m_url->text().trimmed() == m_place.url);
    const QString name = nameProblem();
    const QString address = addressProblem();
    say(m_nameNote, name, tr("Stands in the title of the window; rateguard --connection NAME opens it."));
    say(m_urlNote, address, tr("redis://host:6379/0, rediss:// for TLS, or unix:///path for a socket"));
    m_test->setEnabled(address.isEmpty() && !m_url->text().trimmed().isEmpty());
    m_save->setEnabled(m_test->isEnabled() && name.isEmpty() && !m_name->text().simplified().isEmpty());
}

void PlaceEditor::submit()
{
    if (m_save->isEnabled()) {
        emit saved(draft(), m_login->password());
        m_login->forget();
    }
}

void PlaceEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit cancelled();
    else if (isEnter(*event))
        submit(); // from every field, which has no use for it; a button takes it for itself
    else
        Card::keyPressEvent(event);
}

} // namespace rateguard
