using System.Management.Automation;
using System.Management.Automation.Host;
using LoyaltyPipeline.Shell.Terminals;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>The terminal itself: size, cursor, keys. Harmless where there is no terminal.</summary>
internal sealed class ShellRawUserInterface(ShellOutput output) : PSHostRawUserInterface
{
    private readonly TerminalFacts _terminal = output.Terminal;
    private string _title = "";

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => WindowSize;
        set => WindowSize = value;
    }

    public override Size WindowSize
    {
        get => new(_terminal.Width, _terminal.Height);
        set => throw new PSNotSupportedException("The size of the terminal cannot be set.");
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw new PSNotSupportedException("The terminal cannot be moved.");
    }

    public override Coordinates CursorPosition
    {
        get
        {
            if (!_terminal.Output)
                return new(0, 0);
            var (left, top) = Console.GetCursorPosition();
            return new(left, top);
        }
        set
        {
            if (_terminal.Output)
                Console.SetCursorPosition(Math.Max(value.X, 0), Math.Max(value.Y, 0));
        }
    }

    public override int CursorSize
    {
        get => _terminal.Output ? Console.CursorSize : 100;
        set
        {
            if (_terminal.Output && OperatingSystem.IsWindows())
                Console.CursorSize = value;
        }
    }

    public override string WindowTitle
    {
        get => _terminal.Output && OperatingSystem.IsWindows() ? Console.Title : _title;
        set
        {
            _title = value;
            if (_terminal is { Output: true, Controllable: true })
                Console.Title = value;
        }
    }

    public override bool KeyAvailable => _terminal.Input && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!_terminal.Input)
            throw PromptUnavailable.Error("a key");

        output.ClearProgress();
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new((int)key.Key, key.KeyChar, States(key.Modifiers), keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
            Console.ReadKey(intercept: true);
    }

    /// <summary>The engine clears the screen by filling all of it; nothing else is drawn cell by cell.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (_terminal.Output && rectangle is { Left: -1, Top: -1, Right: -1, Bottom: -1 })
            Console.Clear();
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoCells();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoCells();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoCells();

    private static PSNotSupportedException NoCells() => new("This shell does not read or draw single cells of the terminal.");

    private static ControlKeyStates States(ConsoleModifiers modifiers)
    {
        var states = default(ControlKeyStates);
        if (modifiers.HasFlag(ConsoleModifiers.Control))
            states |= ControlKeyStates.LeftCtrlPressed;
        if (modifiers.HasFlag(ConsoleModifiers.Alt))
            states |= ControlKeyStates.LeftAltPressed;
        if (modifiers.HasFlag(ConsoleModifiers.Shift))
            states |= ControlKeyStates.ShiftPressed;
        return states;
    }
}
