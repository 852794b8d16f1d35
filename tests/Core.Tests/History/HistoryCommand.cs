namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>What may happen to a warehouse in a random sequence.</summary>
internal abstract record HistoryCommand
{
    /// <summary>A profile appears or changes.</summary>
    public sealed record SetUser(int User, ModelProfile Profile) : HistoryCommand;

    /// <summary>A profile disappears.</summary>
    public sealed record RemoveUser(int User) : HistoryCommand;

    /// <summary>A day is merged: a new one, one of before, one in between.</summary>
    public sealed record WriteDay(int Day) : HistoryCommand;

    /// <summary>Days are taken out of history.</summary>
    public sealed record Thin(int Days) : HistoryCommand
    {
        /// <summary>Whether a day goes; the newest is asked too, but stays.</summary>
        public bool Removes(int day) => (Days >> day & 1) == 1;
    }

    /// <summary>A day is taken back, if it is written.</summary>
    public sealed record UndoDay(int Day) : HistoryCommand;

    /// <summary>Master gets one more column.</summary>
    public sealed record AddColumn : HistoryCommand
    {
        public override string ToString() => nameof(AddColumn);
    }
}
