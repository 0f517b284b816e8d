"""What breaks while people work: killed processes, a full disk, a crowd, a wrong clock.

people     curators and readers over HTTP, who note what was acknowledged
soundness  what is unsound in a directory afterwards
inside     what is done in a process of the site
"""
