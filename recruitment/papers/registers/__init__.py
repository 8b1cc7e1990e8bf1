"""The books an office keeps of its recruiting (office_practice.md §1): sympathisers, admissions, documents sent out,
probations that end. Each is a Listing like any list, and a printed book of numbered pages (`reports.registers`)."""
