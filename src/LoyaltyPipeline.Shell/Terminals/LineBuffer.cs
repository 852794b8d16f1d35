namespace LoyaltyPipeline.Shell.Terminals;

/// <summary>The line being typed and the place of the cursor in it.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Replace(int start, int length, string text)
    {
        Text = Text.Remove(start, length).Insert(start, text);
        Cursor = start + text.Length;
    }

    /// <returns>Whether the key was one that edits.</returns>
    public bool Apply(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: Move(control ? WordStart() : Cursor - 1); return true;
            case ConsoleKey.RightArrow: Move(Cursor + 1); return true;
            case ConsoleKey.Home or ConsoleKey.A when key.Key == ConsoleKey.Home || control: Move(0); return true;
            case ConsoleKey.End or ConsoleKey.E when key.Key == ConsoleKey.End || control: Move(Text.Length); return true;
            case ConsoleKey.Backspace: Delete(Cursor - 1, Cursor); return true;
            case ConsoleKey.Delete: Delete(Cursor, Cursor + 1); return true;
            case ConsoleKey.U when control: Delete(0, Cursor); return true;
            case ConsoleKey.K when control: Delete(Cursor, Text.Length); return true;
            case ConsoleKey.W when control: Delete(WordStart(), Cursor); return true;
            case ConsoleKey.Escape: Set(""); return true;
        }

        if (char.IsControl(key.KeyChar))
            return false;
        Insert(key.KeyChar.ToString());
        return true;
    }

    private void Move(int position) => Cursor = Math.Clamp(position, 0, Text.Length);

    private void Delete(int from, int to)
    {
        (from, to) = (Math.Max(from, 0), Math.Min(to, Text.Length));
        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    private int WordStart()
    {
        var start = Cursor;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
            start--;
        while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
            start--;
        return start;
    }
}
