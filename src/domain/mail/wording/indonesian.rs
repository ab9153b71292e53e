//! Indonesian.

use super::{Phrase, Template, TemplateName};
use crate::domain::vocabulary::{CallAnswer, ClockName, Medium, NoticeKind};

#[expect(
    clippy::too_many_lines,
    reason = "one table, easier to compare as a whole"
)]
pub(super) const fn template(name: TemplateName) -> Template {
    let (subject, body) = match name {
        TemplateName::Notice(NoticeKind::Acknowledged) => (
            "[{{ticket}}] {{title}}",
            "Yth. {{name}},

terima kasih atas pesan Anda. Pesan tersebut kami catat sebagai tiket {{ticket}}: {{title}}
{{promise}}

Jika Anda ingin menambahkan sesuatu, cukup balas email ini.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reply) => (
            "[{{ticket}}] {{title}}",
            "{{text}}

{{agent}}
{{desk}}

Pesan ini mengenai tiket {{ticket}}: {{title}}. Anda dapat langsung membalas email ini.",
        ),
        TemplateName::Notice(NoticeKind::Resolved) => (
            "[{{ticket}}] Selesai: {{title}}",
            "Yth. {{name}},

tiket {{ticket}} telah diselesaikan: {{title}}

{{text}}

Apakah masalah Anda sudah selesai? Mohon balas email ini dengan satu kata:

    ya - sudah selesai
    tidak - belum selesai, dan kami akan terus menanganinya

Jika berkenan, tambahkan angka dari 1 (buruk) sampai 5 (sangat baik) untuk menilai kepuasan Anda terhadap layanan kami, misalnya: ya 5

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Closed) => (
            "[{{ticket}}] Ditutup: {{title}}",
            "Yth. {{name}},

tiket {{ticket}} telah ditutup: {{title}}

Jika masalah muncul lagi, cukup balas email ini.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Reopened) => (
            "[{{ticket}}] Dibuka kembali: {{title}}",
            "Yth. {{name}},

kami kembali menangani tiket {{ticket}}: {{title}}

Jika Anda ingin menambahkan sesuatu, cukup balas email ini.

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Call) => (
            "[{{ticket}}] Jadwal: {{time}}",
            "Yth. {{name}},

kami telah menjadwalkan pertemuan dengan Anda mengenai tiket {{ticket}}: {{title}}

Bentuk: {{medium}}
Waktu: {{time}}
{{text}}

Jika waktunya tidak sesuai, cukup balas email ini.

{{desk}}",
        ),
        TemplateName::CallMoved => (
            "[{{ticket}}] Jadwal diubah: {{time}}",
            "Yth. {{name}},

jadwal pertemuan mengenai tiket {{ticket}} telah diubah: {{title}}

Bentuk: {{medium}}
Waktu baru: {{time}}
Waktu sebelumnya: {{earlier}}
{{text}}

Jika waktunya tidak sesuai, cukup balas email ini.

{{desk}}",
        ),
        TemplateName::CallCancelled => (
            "[{{ticket}}] Jadwal dibatalkan: {{time}}",
            "Yth. {{name}},

pertemuan mengenai tiket {{ticket}} dibatalkan: {{title}}

Bentuk: {{medium}}
Waktu: {{time}}
{{text}}

{{desk}}",
        ),
        TemplateName::Notice(NoticeKind::Assigned) => (
            "[{{ticket}}] Ditugaskan kepada Anda: {{title}}",
            "{{ticket}} ditugaskan kepada Anda: {{title}}

Prioritas: {{priority}}
Pelapor: {{requester}}
Ditugaskan oleh: {{actor}}",
        ),
        TemplateName::Notice(NoticeKind::RequesterWrote) => (
            "[{{ticket}}] Pesan baru: {{title}}",
            "{{requester}} menulis tentang {{ticket}}: {{title}}

{{text}}",
        ),
        TemplateName::Notice(NoticeKind::Warning) => (
            "[{{ticket}}] Segera jatuh tempo: {{title}}",
            "Target {{ticket}} segera jatuh tempo: {{title}}

Target: {{clock}}
Tenggat: {{time}}
Prioritas: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Breach) => (
            "[{{ticket}}] Terlambat: {{title}}",
            "Target {{ticket}} tidak tercapai: {{title}}

Target: {{clock}}
Tenggat: {{time}}
Prioritas: {{priority}}",
        ),
        TemplateName::Notice(NoticeKind::Escalated) => (
            "[{{ticket}}] Dieskalasi ke {{tier}}: {{title}}",
            "{{ticket}} dieskalasi ke {{tier}}: {{title}}

Prioritas: {{priority}}
Dieskalasi oleh: {{actor}}
Alasan: {{text}}",
        ),
        TemplateName::Notice(NoticeKind::Manager) => (
            "[{{ticket}}] Untuk perhatian Anda: {{title}}",
            "{{actor}} memberi tahu Anda tentang tiket {{ticket}}: {{title}}

Prioritas: {{priority}}
Alasan: {{text}}",
        ),
    };
    Template { subject, body }
}

pub(super) const fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::YourMessage => "pesan Anda",
        Phrase::NoPriority => "belum ditetapkan",
        Phrase::ResponsePromised => "Anda akan menerima respons pertama paling lambat {time}.",
        Phrase::ResolutionPromised => "Kami berupaya menyelesaikannya paling lambat {time}.",
        Phrase::Clock(ClockName::Response) => "respons pertama",
        Phrase::Clock(ClockName::Update) => "jawaban atas pesan",
        Phrase::Clock(ClockName::Resolution) => "penyelesaian",
        Phrase::Medium(Medium::Phone) => "pertemuan telepon",
        Phrase::Medium(Medium::Video) => "panggilan video",
        Phrase::Weekdays => "Sen Sel Rab Kam Jum Sab Min",
        Phrase::Months => {
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
        }
        Phrase::Time => "{weekday}, {day} {month} {year}, pukul {hour}.{minute}",
        Phrase::CallSummary => "Pertemuan mengenai tiket",
        Phrase::CallAnswered(CallAnswer::Accepted) => "Jawaban atas undangan ({time}): diterima",
        Phrase::CallAnswered(CallAnswer::Tentative) => {
            "Jawaban atas undangan ({time}): diterima sementara"
        }
        Phrase::CallAnswered(CallAnswer::Declined) => "Jawaban atas undangan ({time}): ditolak",
    }
}
